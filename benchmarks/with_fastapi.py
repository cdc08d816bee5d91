"""The hand-written endpoints behind FastAPI and Mangum."""

from typing import Annotated, Any

from fastapi import FastAPI, Header, Request
from fastapi.responses import JSONResponse
from mangum import Mangum
from pydantic import BaseModel, Field

from benchmarks import by_hand

app = FastAPI()
Authorization = Annotated[str, Header()]


class SessionCreate(BaseModel):
    externalId: str  # noqa: N815 - the name on the wire
    scopes: list[str] = Field(default=["bridges:read", "bridges:write"])
    ttlSeconds: int = Field(default=3600, ge=60, le=86400)  # noqa: N815


@app.exception_handler(by_hand.Refused)
def refused(_: Request, problem: by_hand.Refused) -> JSONResponse:
    return JSONResponse({"error": {"code": problem.code}}, problem.status)


@app.get("/api/v1/embed/orders")
def list_orders(authorization: Authorization, page: int = 1, limit: int = 20) -> dict[str, Any]:
    return by_hand.list_orders(authorization, page, limit)


@app.get("/api/v1/embed/orders/{order_id}")
def get_order(order_id: str, authorization: Authorization) -> dict[str, Any]:
    return by_hand.get_order(authorization, order_id)


@app.get("/api/v1/embed/bridges")
def list_bridges(authorization: Authorization) -> dict[str, Any]:
    return by_hand.list_bridges(authorization)


@app.post("/api/v1/embed/sessions", status_code=201)
def create_session(authorization: Authorization, wanted: SessionCreate) -> dict[str, Any]:
    return by_hand.create_session(authorization, wanted.model_dump())


@app.get("/api/v1/embed/tracking-pages/view/{token}")
def view_tracking(token: str, request: Request) -> dict[str, Any]:
    return by_hand.view_tracking(token, request.client.host if request.client else "")


handler = Mangum(app, lifespan="off")
