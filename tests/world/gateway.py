"""A gateway and its database: a pool of connections out of a limit that others share."""

from simulator.world.graph import Bend, Edge, Graph, Group, Limit, Pool, Service

GATEWAY = Service(
    id="gateway",
    own_time_s=0.01,
    traffic_per_s=1200,
    groups=(Group(ready=12, rate_per_s=140),),
    needs=(Edge(to="db", calls=1.5),),
    pools=(Pool(id="db", edge="db", per_replica=10, acquire_s=2, least=4, limit="slots"),),
)
DB = Service(
    id="db",
    own_time_s=0.01,
    groups=(Group(ready=1, rate_per_s=3600),),
    limits=(Limit(id="slots", most=297, taken=122),),
)
PLATFORM = Graph(services=(GATEWAY, DB))
SLOWED = [Bend(service="db", slow=4)]
