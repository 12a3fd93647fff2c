"""A Prefect flow. Nothing in it is about Vitrine: PREFECT_API_URL says where its artifacts arrive."""

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact


@task
def load() -> list[dict]:
    return [{"city": "Oslo", "orders": 41}, {"city": "Bergen", "orders": 17}]


@task
def report(rows: list[dict]) -> int:
    total = sum(row["orders"] for row in rows)
    create_table_artifact(key="orders", table=rows, description="Orders of the day, by city")
    create_markdown_artifact(key="daily-report", markdown=f"# {total} orders")
    return total


@flow
def daily() -> int:
    return report(load())


if __name__ == "__main__":
    print(daily())
