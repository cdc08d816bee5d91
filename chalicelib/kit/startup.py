"""The first import of the process. A quarter of a cold start is the garbage collector walking over modules and classes
that are there to stay (benchmarks/cold_start.py): it rests until everything is imported, and then leaves them alone.
"""

import gc

gc.disable()


def defer_models() -> None:
    """Models build their validators when first used, not while they are imported: a request needs two of a hundred."""
    from pydantic import BaseModel

    BaseModel.model_config["defer_build"] = True


def done() -> None:
    gc.freeze()
    gc.enable()
