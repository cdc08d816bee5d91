from pydantic import BaseModel

from chalicelib.customers.schemas import Email
from chalicelib.http.bodies import Body


class CustomerErase(Body):
    email: Email


class ErasureQueued(BaseModel):
    queued: bool
