"""Compares results of graph algorithms with those of networkx. Reads graphs and results as JSON; prints what differs."""

import json
import sys

import networkx as nx
import numpy as np

CHECKS = {}


def check(function):
    CHECKS[function.__name__] = function
    return function


class Graph:
    def __init__(self, item):
        self.nodes = range(item["nodes"])
        self.edges = item["edges"]
        self.multi = self.made(nx.MultiDiGraph(), self.edges)
        self.multi_both = self.made(nx.MultiGraph(), self.edges)
        # One relationship of the lowest weight in place of parallel ones, and no loops.
        least = {}
        for source, target, weight in self.edges:
            if source != target:
                key = (source, target)
                least[key] = min(weight, least.get(key, weight))
        simple = [(source, target, weight) for (source, target), weight in least.items()]
        self.simple = self.made(nx.DiGraph(), simple)
        self.both = nx.Graph()
        self.both.add_nodes_from(self.nodes)
        for source, target, weight in simple:
            old = self.both.get_edge_data(source, target, {"w": weight})["w"]
            self.both.add_edge(source, target, w=min(old, weight))
        # The weights of parallel relationships added up.
        self.summed = self.made(nx.DiGraph(), [])
        self.summed_both = self.made(nx.Graph(), [])
        for graph in (self.summed, self.summed_both):
            for source, target, weight in self.edges:
                old = graph.get_edge_data(source, target, {"w": 0, "n": 0})
                graph.add_edge(source, target, w=old["w"] + weight, n=old["n"] + 1)

        # What each node leads to, with the lowest weight.
        self.sets = [{} for _ in self.nodes]
        for source, target, weight in self.edges:
            self.sets[source][target] = min(weight, self.sets[source].get(target, weight))

    def made(self, graph, edges):
        graph.add_nodes_from(self.nodes)
        for source, target, weight in edges:
            graph.add_edge(source, target, w=weight)
        return graph


def expect(found, expected, tolerance=1e-7):
    found = dict((row[0], row[1]) for row in found)
    assert set(found) == set(expected), f"keys {sorted(found)} and {sorted(expected)}"
    for key, value in expected.items():
        assert abs(found[key] - value) <= tolerance * max(1, abs(value)), f"{key}: found {found[key]}, expected {value}"


def groups(rows):
    members = {}
    for node, group in rows:
        members.setdefault(group, set()).add(node)
    return sorted(map(sorted, members.values()))


@check
def degree(g, rows):
    expect(rows, dict(g.multi.out_degree()))


@check
def degree_both(g, rows):
    expect(rows, dict(g.multi_both.degree(weight="w")))


@check
def page_rank(g, rows):
    expect(rows, nx.pagerank(g.summed, weight="n", tol=1e-13, max_iter=1000))
    assert abs(sum(row[1] for row in rows) - 1) < 1e-9


@check
def page_rank_weighted(g, rows):
    expect(rows, nx.pagerank(g.summed, weight="w", tol=1e-13, max_iter=1000))


@check
def page_rank_personal(g, rows):
    expect(rows, nx.pagerank(g.summed, weight="n", personalization={0: 1}, tol=1e-13, max_iter=1000))


@check
def betweenness(g, rows):
    expect(rows, nx.betweenness_centrality(g.simple, normalized=False))


@check
def betweenness_both(g, rows):
    expect(rows, nx.betweenness_centrality(g.both, normalized=False))


@check
def betweenness_weighted(g, rows):
    expect(rows, nx.betweenness_centrality(g.simple, normalized=False, weight="w"))


@check
def closeness(g, rows):
    expect(rows, nx.closeness_centrality(g.simple))


@check
def closeness_weighted(g, rows):
    expect(rows, nx.closeness_centrality(g.simple, distance="w"))


@check
def harmonic(g, rows):
    expect(rows, nx.harmonic_centrality(g.simple))


def adjacency(g, both=False):
    matrix = np.zeros((len(g.nodes), len(g.nodes)))
    for source, target, _ in g.edges:
        matrix[source, target] += 1
        if both:
            matrix[target, source] += 1
    return matrix


@check
def eigenvector(g, rows):
    # The eigenvector need not be unique: it must be one of the greatest eigenvalue.
    scores = np.array([row[1] for row in sorted(rows)])
    matrix = adjacency(g, both=True)
    greatest = max(np.linalg.eigvalsh(matrix))
    assert abs(np.linalg.norm(scores) - 1) < 1e-9
    assert np.allclose(matrix @ scores, greatest * scores, atol=1e-4), f"eigenvalue {greatest}"


@check
def katz(g, rows):
    matrix = adjacency(g)
    scores = np.linalg.solve(np.eye(len(g.nodes)) - 0.01 * matrix.T, np.ones(len(g.nodes)))
    expect(rows, dict(enumerate(scores / np.linalg.norm(scores))))


@check
def hits(g, rows):
    if not g.edges:
        return
    matrix = adjacency(g)
    hubs = np.array([row[1] for row in sorted(rows)])
    authorities = np.array([row[2] for row in sorted(rows)])
    assert abs(hubs.sum() - 1) < 1e-9 and abs(authorities.sum() - 1) < 1e-9
    greatest = np.linalg.norm(matrix, 2) ** 2
    assert np.allclose(matrix @ matrix.T @ hubs, greatest * hubs, atol=1e-4)
    assert np.allclose(matrix.T @ matrix @ authorities, greatest * authorities, atol=1e-4)


@check
def wcc(g, rows):
    assert groups(rows) == sorted(map(sorted, nx.weakly_connected_components(g.multi)))


@check
def scc(g, rows):
    assert groups(rows) == sorted(map(sorted, nx.strongly_connected_components(g.multi)))


@check
def label_propagation(g, rows):
    labels = list(g.nodes)
    for _ in range(5):
        counts = [{} for _ in g.nodes]
        for source, target, _ in g.edges:
            for one, other in ((source, target), (target, source)):
                counts[one][labels[other]] = counts[one].get(labels[other], 0) + 1
        labels = [
            min(count, key=lambda label: (-count[label], label)) if count else labels[node]
            for node, count in enumerate(counts)
        ]
    assert groups(rows) == groups(enumerate(labels))


def is_good(g, rows, connected):
    if not g.edges:
        return
    found = nx.community.modularity(g.multi_both, groups(rows), weight="w")
    peer = max(
        nx.community.modularity(g.multi_both, nx.community.louvain_communities(g.summed_both, weight="w", seed=seed), weight="w")
        for seed in range(3)
    )
    assert found >= peer - 0.05, f"modularity {found}, networkx {peer}"
    if connected:
        for group in groups(rows):
            assert nx.is_connected(g.multi_both.subgraph(group)), f"{group} is not connected"


@check
def louvain(g, rows):
    is_good(g, rows, False)


@check
def leiden(g, rows):
    is_good(g, rows, True)


@check
def core(g, rows):
    expect(rows, nx.core_number(g.both))


@check
def triangles(g, rows):
    expect(rows, nx.triangles(g.both))


@check
def clustering(g, rows):
    expect(rows, nx.clustering(g.both))


@check
def clustering_directed(g, rows):
    expected = {}
    for node in g.nodes:
        near = set(g.both[node])
        links = sum(1 for one in near for other in near if g.simple.has_edge(one, other))
        expected[node] = links / (len(near) * (len(near) - 1)) if len(near) > 1 else 0
    expect(rows, expected)


@check
def modularity(g, rows):
    if not g.edges:
        return
    communities = [{node for node in g.nodes if node % 3 == c} for c in range(3)]
    expected = nx.community.modularity(g.multi_both, [c for c in communities if c], weight="w")
    assert abs(sum(row[1] for row in rows) - expected) < 1e-9


@check
def conductance(g, rows):
    for community, found in rows:
        inside = {node for node in g.nodes if node % 3 == community}
        volume = nx.volume(g.multi_both, inside, weight="w")
        rest = nx.volume(g.multi_both, set(g.nodes) - inside, weight="w")
        if min(volume, rest) > 0:
            cut = nx.cut_size(g.multi_both, inside, weight="w")
            assert abs(found - cut / min(volume, rest)) < 1e-9, f"{community}: {found}"


@check
def bfs(g, rows):
    expect(rows, nx.single_source_shortest_path_length(g.multi, 0))
    assert [row[1] for row in rows] == sorted(row[1] for row in rows)


@check
def dfs(g, rows):
    # Neighbours in ascending order.
    depths, stack = {0: 0}, [(0, iter(sorted(g.simple[0])))]
    while stack:
        node = next((node for node in stack[-1][1] if node not in depths), None)
        if node is None:
            stack.pop()
        else:
            depths[node] = len(stack)
            stack.append((node, iter(sorted(g.simple[node]))))
    assert [tuple(row) for row in rows] == list(depths.items())


@check
def dijkstra(g, rows):
    expect(rows, nx.single_source_dijkstra_path_length(g.simple, 0, weight="w"))
    assert all(row[1] == row[2] for row in rows)


@check
def delta_stepping(g, rows):
    expect(rows, nx.single_source_dijkstra_path_length(g.simple, 0, weight="w"))


@check
def yens(g, rows):
    if 3 not in g.simple or not nx.has_path(g.simple, 0, 3):
        assert rows == []
        return
    paths = []
    for path in nx.shortest_simple_paths(g.simple, 0, 3, weight="w"):
        paths.append(nx.path_weight(g.simple, path, "w"))
        if len(paths) == 5:
            break
    assert [row[1] for row in sorted(rows)] == paths
    for _, distance, path in rows:
        assert len(set(path)) == len(path) and nx.path_weight(g.simple, path, "w") == distance
    assert len({tuple(row[2]) for row in rows}) == len(rows)


@check
def all_pairs(g, rows):
    expected = {
        (source, target): distance
        for source, distances in nx.all_pairs_dijkstra_path_length(g.simple, weight="w")
        for target, distance in distances.items()
    }
    expect([((row[0], row[1]), row[2]) for row in rows], expected)


def is_forest(g, rows, total):
    tree = g.made(nx.Graph(), rows)
    assert nx.is_forest(tree) and tree.number_of_edges() == len(rows)
    assert nx.number_connected_components(tree) == nx.number_weakly_connected_components(g.multi)
    assert sum(row[2] for row in rows) == total


@check
def spanning_forest(g, rows):
    forest = nx.minimum_spanning_edges(g.multi_both, weight="w", keys=False)
    is_forest(g, rows, sum(data["w"] for _, _, data in forest))


@check
def spanning_forest_maximum(g, rows):
    forest = nx.maximum_spanning_edges(g.multi_both, weight="w", keys=False)
    is_forest(g, rows, sum(data["w"] for _, _, data in forest))


def is_flow(graph, rows):
    if 3 not in graph:
        return
    expected = nx.maximum_flow_value(graph, 0, 3, capacity="w")
    net = dict.fromkeys(graph, 0)
    for source, target, flow in rows:
        net[source] -= flow
        net[target] += flow
    assert net.pop(3) == expected, f"expected {expected}"
    assert net.pop(0) == -expected and not any(net.values())
    flows = {}
    for source, target, flow in rows:
        flows[source, target] = flows.get((source, target), 0) + flow
    for (source, target), flow in flows.items():
        assert 0 < flow <= graph[source][target]["w"]


@check
def max_flow(g, rows):
    is_flow(g.summed, rows)


@check
def max_flow_both(g, rows):
    is_flow(g.summed_both, rows)


@check
def bridges(g, rows):
    expected = set()
    for one, other in nx.bridges(g.both):
        if g.multi_both.number_of_edges(one, other) == 1:
            expected.add(frozenset((one, other)))
    assert {frozenset(row) for row in rows} == expected and len(rows) == len(expected)


@check
def articulation_points(g, rows):
    assert {row[0] for row in rows} == set(nx.articulation_points(g.both)) and len(rows) == len({row[0] for row in rows})


def is_eulerian(graph, components, rows):
    parts = [graph.subgraph(part) for part in components if graph.subgraph(part).number_of_edges() > 0]
    expected = sorted(
        [min(part), part.number_of_edges(), nx.is_eulerian(part) or is_balanced(part), nx.has_eulerian_path(part) or is_balanced(part)]
        for part in parts
    )
    assert sorted(rows) == expected, f"expected {expected}, found {rows}"


def is_balanced(part):
    if part.is_directed():
        return all(part.in_degree(node) == part.out_degree(node) for node in part)
    return all(part.degree(node) % 2 == 0 for node in part)


@check
def eulerian(g, rows):
    is_eulerian(g.multi, nx.weakly_connected_components(g.multi), rows)


@check
def eulerian_both(g, rows):
    is_eulerian(g.multi_both, nx.connected_components(g.multi_both), rows)


def is_cycle(graph, rows, has_cycle):
    assert len(rows) == int(has_cycle)
    for (cycle,) in rows:
        steps = list(zip(cycle, cycle[1:] + cycle[:1]))
        assert len(set(cycle)) == len(cycle) and all(graph.has_edge(*step) for step in steps)
        if not graph.is_directed() and len(cycle) == 2:
            assert graph.number_of_edges(*cycle) > 1


@check
def find_cycle(g, rows):
    is_cycle(g.multi, rows, not nx.is_directed_acyclic_graph(g.multi))


@check
def find_cycle_both(g, rows):
    trees = g.multi_both.number_of_nodes() - nx.number_connected_components(g.multi_both)
    is_cycle(g.multi_both, rows, g.multi_both.number_of_edges() > trees)


@check
def acyclic(g, rows):
    forward = [(source, target) for source, target, _ in g.edges if source < target]
    position = dict(map(tuple, rows))
    assert set(position) == {node for edge in forward for node in edge} or not forward
    assert all(position[source] < position[target] for source, target in forward)


@check
def longest_path(g, rows):
    lengths = dict.fromkeys((node for s, t, _ in g.edges if s < t for node in (s, t)), 0)
    for source, target, weight in sorted(g.edges):
        if source < target:
            lengths[target] = max(lengths[target], lengths[source] + weight)
    if lengths:
        expect(rows, lengths)


def similarities(g, rows, similarity):
    expected = {}
    for one in g.nodes:
        for other in g.nodes:
            shared = set(g.sets[one]) & set(g.sets[other])
            if one != other and shared:
                expected[one, other] = similarity(g.sets[one], g.sets[other], shared)
    expect([((row[0], row[1]), row[2]) for row in rows], expected)


@check
def similarity_jaccard(g, rows):
    similarities(g, rows, lambda one, other, shared: len(shared) / len(set(one) | set(other)))


@check
def similarity_overlap(g, rows):
    similarities(g, rows, lambda one, other, shared: len(shared) / min(len(one), len(other)))


@check
def similarity_cosine(g, rows):
    def cosine(one, other, shared):
        length = lambda vector: sum(weight**2 for weight in vector.values()) ** 0.5
        return sum(one[node] * other[node] for node in shared) / (length(one) * length(other))

    similarities(g, rows, cosine)


@check
def knn(g, rows):
    assert len(rows) == (len(g.nodes) if len(g.nodes) > 1 else 0)
    assert all(abs(row[0] - row[1]) == 1 and row[2] == 0.5 for row in rows)


def predictions(g, rows, peer):
    pairs = [(one, other) for one in g.nodes for other in g.nodes if one != other and not g.both.has_edge(one, other)]
    expected = {(one, other): score for one, other, score in peer(g.both, pairs) if score > 0}
    expect([((row[0], row[1]), row[2]) for row in rows], expected)


@check
def common_neighbours(g, rows):
    def peer(graph, pairs):
        return [(one, other, len(list(nx.common_neighbors(graph, one, other)))) for one, other in pairs]

    predictions(g, rows, peer)


@check
def adamic_adar(g, rows):
    predictions(g, rows, nx.adamic_adar_index)


@check
def preferential_attachment(g, rows):
    predictions(g, rows, nx.preferential_attachment)


def forward(g):
    graph = g.made(nx.DiGraph(), [])
    graph.add_edges_from((source, target) for source, target, _ in g.edges if source < target)
    return graph


@check
def ancestors(g, rows):
    graph = forward(g)
    if 1 not in graph:
        assert rows == []
        return
    distances = [nx.single_source_shortest_path_length(graph, node) for node in (0, 1)]
    common = set(distances[0]) & set(distances[1])
    lowest = {node for node in common if not any(parent in common for parent in graph.predecessors(node))}
    assert sorted(rows) == sorted([node, distances[0][node], distances[1][node]] for node in lowest)


@check
def reduction(g, rows):
    assert sorted(map(tuple, rows)) == sorted(nx.transitive_reduction(forward(g)).edges)


@check
def contradictory(g, rows):
    expected = [(s, t) for s, t, _ in g.edges if s < t and g.multi.has_edge(t, s)]
    assert sorted(map(tuple, rows)) == sorted(expected)


@check
def isolated(g, rows):
    assert sorted(row[0] for row in rows) == sorted(nx.isolates(g.both))


@check
def dangling(g, rows):
    assert sorted(map(tuple, rows)) == sorted((node, next(iter(g.both[node]))) for node in g.both if g.both.degree(node) == 1)


def main():
    missing = set()
    for item in json.load(sys.stdin):
        graph = Graph(item)
        for name, rows in item["results"].items():
            if name not in CHECKS:
                missing.add(name)
                continue
            if isinstance(rows, str):
                print(f"{name}, graph {item['seed']}: {rows}")
                continue
            try:
                CHECKS[name](graph, rows)
            except AssertionError as error:
                print(f"{name}, graph {item['seed']} with {item['nodes']} nodes: {error}")
    for name in sorted(missing):
        print(f"there is no check `{name}`")


main()
