"""Imported before anything else. A quarter of a cold start is garbage collection of modules and classes that stay
loaded (benchmarks/cold_start.py), so the collector is off during imports and ignores what they created afterwards.
"""

import gc

gc.disable()


def defer_models() -> None:
    """Make pydantic models build their validators on first use: a request needs about two of a hundred."""
    from pydantic import BaseModel

    BaseModel.model_config["defer_build"] = True


def done() -> None:
    gc.freeze()
    gc.enable()
