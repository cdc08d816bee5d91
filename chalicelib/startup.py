"""The first import of the process. A quarter of a cold start is the garbage collector walking over modules and classes
that are there to stay (benchmarks/cold_start.py): it rests until everything is imported, and then leaves them alone.
"""

import gc

gc.disable()


def done() -> None:
    gc.freeze()
    gc.enable()
