from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import INPUTS
from prefect.transactions import transaction

calls = []
undone = []


@task(cache_policy=INPUTS)
def load(n: int):
    calls.append(n)
    create_markdown_artifact(str(n), key="transactions-load")
    return n


@task
def write(text: str):
    return text


@write.on_rollback
def undo(transaction):
    undone.append(True)


@flow(name="transactions")
def transactions():
    load(1)
    load(1)
    try:
        with transaction():
            write("a file")
            raise ValueError("after the write")
    except ValueError:
        pass
    return {"calls": calls, "undone": undone}


def run():
    return transactions()
