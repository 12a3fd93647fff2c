from prefect import flow, task


@task
def broken():
    raise ValueError("as it should")


@flow(name="failing")
def failing():
    broken()


def run():
    return failing(return_state=True).type.value
