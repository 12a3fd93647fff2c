from prefect import flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact


@task
def square(n: int) -> int:
    return n * n


@flow(name="plain", log_prints=True)
def plain(n: int = 3):
    print("A printed line")
    get_run_logger().info("A logged line")
    create_markdown_artifact(f"{n} squared", key="plain-result")
    return square(n)


def run():
    return plain()
