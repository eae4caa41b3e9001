"""Measures igraph and networkit on the relationships that `cargo bench --bench algorithms` writes: the fastest of three."""

import sys
import time

import igraph
import networkit as nk
import numpy as np

RUNS = 3


def measured(name, run):
    best = min(timed(run) for _ in range(RUNS))
    print(f"| {name} | {best:.2f} s |", flush=True)


def timed(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main():
    edges = np.fromfile(sys.argv[1], dtype=np.int64, sep=" ").reshape(-1, 2)
    graph = igraph.Graph(n=1_000_000, edges=edges, directed=True)
    undirected = graph.as_undirected(mode="collapse")
    measured("igraph PageRank", graph.pagerank)
    measured("igraph weak components", lambda: graph.connected_components(mode="weak"))
    measured("igraph strong components", lambda: graph.connected_components(mode="strong"))
    measured("igraph BFS", lambda: graph.bfs(0))
    measured("igraph local clustering", lambda: undirected.transitivity_local_undirected(mode="zero"))
    measured("igraph core numbers", undirected.coreness)
    measured("igraph Louvain", undirected.community_multilevel)
    del graph, undirected
    for threads in (1, 2):
        nk.setNumberOfThreads(threads)
        graph = nk.GraphFromCoo((edges[:, 0], edges[:, 1]), n=1_000_000, directed=True)
        both = nk.graphtools.toUndirected(graph)
        both.removeMultiEdges()
        both.removeSelfLoops()
        names = f"networkit, {threads} threads:"

        def page_rank():
            rank = nk.centrality.PageRank(graph, damp=0.85, tol=0)
            rank.maxIterations = 20
            rank.run()

        measured(f"{names} PageRank, 20 iterations", page_rank)
        measured(f"{names} weak components", lambda: nk.components.WeaklyConnectedComponents(graph).run())
        measured(f"{names} strong components", lambda: nk.components.StronglyConnectedComponents(graph).run())
        measured(f"{names} BFS", lambda: nk.distance.BFS(graph, 0, storePaths=False).run())
        measured(f"{names} label propagation", lambda: nk.community.PLP(both, maxIterations=10).run())
        measured(f"{names} local clustering", lambda: nk.centrality.LocalClusteringCoefficient(both).run())
        measured(f"{names} core numbers", lambda: nk.centrality.CoreDecomposition(both).run())
        measured(f"{names} Louvain", lambda: nk.community.PLM(both).run())


main()
