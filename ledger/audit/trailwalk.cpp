// SPDX-License-Identifier: GPL-3.0-or-later
//! Leaves every balance by its earliest row, and for the last time by one that leads home.
#include "ledger/audit/trailwalk.h"

#include <algorithm>
#include <queue>

namespace tallystick {

namespace {

/// Edges by one of their ends, in the order of their times.
class Adjacency final
{
public:
    Adjacency(const TrailGraph& graph, const std::vector<std::size_t>& byTime, int TrailEdge::*end)
        : m_first(std::size_t(graph.nodes()) + 1)
        , m_edges(byTime.size())
    {
        for (const TrailEdge& edge : graph.edges())
            ++m_first[std::size_t(edge.*end) + 1];
        for (std::size_t node = 1; node < m_first.size(); ++node)
            m_first[node] += m_first[node - 1];
        std::vector<std::size_t> place = m_first;
        for (const std::size_t edge : byTime)
            m_edges[place[std::size_t(graph.edges()[edge].*end)]++] = edge;
    }
    [[nodiscard]] std::size_t begin(int node) const { return m_first[std::size_t(node)]; }
    [[nodiscard]] std::size_t end(int node) const { return m_first[std::size_t(node) + 1]; }
    [[nodiscard]] std::size_t at(std::size_t place) const { return m_edges[place]; }

private:
    std::vector<std::size_t> m_first;
    std::vector<std::size_t> m_edges;
};

constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

/// For every node the edge by which it is left for the last time, such that these lead to the
/// target from everywhere. With such a choice no walk gets stuck before it has taken every edge
/// (van Aardenne-Ehrenfest and de Bruijn, 1951). The latest are taken first: where the times are
/// true, they are the last ones.
std::vector<std::size_t> lastExits(const TrailGraph& graph, const Adjacency& arriving)
{
    std::vector<std::size_t> exits(std::size_t(graph.nodes()), none);
    std::priority_queue<std::pair<qint64, std::size_t>> reached;
    const auto reach = [&](int node) {
        for (std::size_t place = arriving.begin(node); place < arriving.end(node); ++place) {
            const std::size_t edge = arriving.at(place);
            reached.emplace(graph.edges()[edge].micros, edge);
        }
    };
    reach(graph.target());
    while (!reached.empty()) {
        const std::size_t edge = reached.top().second;
        reached.pop();
        const int from = graph.edges()[edge].from;
        if (from == graph.target() || exits[std::size_t(from)] != none)
            continue;
        exits[std::size_t(from)] = edge;
        reach(from);
    }
    return exits;
}

} // namespace

ChainRows walked(const TrailGraph& graph)
{
    const std::vector<TrailEdge>& edges = graph.edges();
    std::vector<std::size_t> byTime(edges.size());
    for (std::size_t edge = 0; edge < edges.size(); ++edge)
        byTime[edge] = edge;
    std::stable_sort(byTime.begin(), byTime.end(), [&edges](std::size_t a, std::size_t b) {
        return edges[a].micros < edges[b].micros;
    });
    const Adjacency leaving(graph, byTime, &TrailEdge::from);
    const auto exits = lastExits(graph, Adjacency(graph, byTime, &TrailEdge::to));

    std::vector<std::size_t> next(std::size_t(graph.nodes()));
    for (int node = 0; node < graph.nodes(); ++node)
        next[std::size_t(node)] = leaving.begin(node);
    ChainRows rows;
    rows.reserve(edges.size());
    int node = graph.source();
    for (std::size_t taken = 0; taken < edges.size(); ++taken) {
        std::size_t& place = next[std::size_t(node)];
        const std::size_t exit = exits[std::size_t(node)];
        if (place < leaving.end(node) && leaving.at(place) == exit)
            ++place;
        const bool isLast = place >= leaving.end(node);
        Q_ASSERT(!isLast || exit != none);
        const std::size_t edge = isLast ? exit : leaving.at(place++);
        if (edges[edge].row)
            rows.push_back(edges[edge].row);
        node = edges[edge].to;
    }
    Q_ASSERT(node == graph.target());
    return rows;
}

} // namespace tallystick
