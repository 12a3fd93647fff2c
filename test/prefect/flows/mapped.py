from prefect import flow, task, unmapped


@task
def add(a: int, b: int) -> int:
    return a + b


@flow(name="mapped")
def mapped():
    return [future.result() for future in add.map(list(range(10)), unmapped(100))]


def run():
    return mapped()
