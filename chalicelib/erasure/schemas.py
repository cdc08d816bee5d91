from pydantic import BaseModel

from chalicelib.customers.schemas import AnyEmail
from chalicelib.http.bodies import Body


class CustomerErase(Body):
    email: AnyEmail


class ErasureQueued(BaseModel):
    queued: bool
