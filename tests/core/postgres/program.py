"""A program that uses a cluster: says how it came by it, waits for a line, lets go.

Arguments: FUGONG_HOME and the method of Cluster to call. With `abandon` it runs on after the
line without stopping, to be killed.
"""

import sys
from pathlib import Path

from fugong.core.postgres.cluster import Cluster
from fugong.core.postgres.faults import DatabaseFault

cluster = Cluster(Path(sys.argv[1]), say=lambda sentence: print("said:", sentence, flush=True))
try:
    info = getattr(cluster, sys.argv[2])()
except DatabaseFault as fault:
    print("refused:", fault, flush=True)
    sys.exit(3)
print("started" if cluster.started_here else "attached", info.conninfo(), flush=True)
sys.stdin.readline()
cluster.stop()
