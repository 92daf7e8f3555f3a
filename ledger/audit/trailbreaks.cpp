// SPDX-License-Identifier: GPL-3.0-or-later
//! Pairs dead ends with starts and joins what hangs together.
#include "ledger/audit/trailbreaks.h"

#include <algorithm>
#include <numeric>

namespace tallystick {

namespace {

/// Nodes that hang together, by union and find.
class Groups final
{
public:
    explicit Groups(int nodes)
        : m_parents(std::size_t(nodes))
    {
        std::iota(m_parents.begin(), m_parents.end(), 0);
    }
    int of(int node)
    {
        while (m_parents[std::size_t(node)] != node) {
            int& parent = m_parents[std::size_t(node)];
            parent = m_parents[std::size_t(parent)];
            node = parent;
        }
        return node;
    }
    void join(int a, int b) { m_parents[std::size_t(of(a))] = of(b); }

private:
    std::vector<int> m_parents;
};

struct Loose
{
    qint64 micros;
    int node;
    friend auto operator<=>(const Loose&, const Loose&) = default;
};

/// A node that lacks k rows is named k times: by the time of the last k rows that end there, or of
/// the first k that start there.
struct Breaks
{
    std::vector<Loose> deadEnds;
    std::vector<Loose> starts;
};

Breaks breaksOf(const TrailGraph& graph)
{
    constexpr qint64 earliest = std::numeric_limits<qint64>::min();
    constexpr qint64 latest = std::numeric_limits<qint64>::max();
    Breaks breaks;
    const std::vector<int>& excess = graph.excess();
    if (std::all_of(excess.begin(), excess.end(), [](int count) { return count == 0; }))
        return breaks;
    std::vector<Loose> ends;
    std::vector<Loose> begins;
    for (const TrailEdge& edge : graph.edges()) {
        if (excess[std::size_t(edge.to)] < 0)
            ends.push_back({edge.micros, edge.to});
        if (excess[std::size_t(edge.from)] > 0)
            begins.push_back({edge.micros, edge.from});
    }
    std::sort(ends.rbegin(), ends.rend());
    std::sort(begins.begin(), begins.end());
    std::vector<int> left = excess;
    for (const Loose& end : ends)
        if (left[std::size_t(end.node)] < 0) {
            ++left[std::size_t(end.node)];
            breaks.deadEnds.push_back(end);
        }
    for (const Loose& begin : begins)
        if (left[std::size_t(begin.node)] > 0) {
            --left[std::size_t(begin.node)];
            breaks.starts.push_back(begin);
        }
    // What is left are the ends of the trail itself, with no row there.
    for (int node = 0; node < graph.nodes(); ++node) {
        for (; left[std::size_t(node)] < 0; ++left[std::size_t(node)])
            breaks.deadEnds.push_back({earliest, node});
        for (; left[std::size_t(node)] > 0; --left[std::size_t(node)])
            breaks.starts.push_back({latest, node});
    }
    std::sort(breaks.deadEnds.begin(), breaks.deadEnds.end());
    std::sort(breaks.starts.begin(), breaks.starts.end());
    return breaks;
}

/// A jump in another group than the source's changes ends with one in it: that joins them.
void joinGroups(std::vector<TrailEdge>& jumps, Groups& groups, int source)
{
    TrailEdge* own = nullptr;
    for (TrailEdge& jump : jumps)
        if (!own && groups.of(jump.from) == groups.of(source))
            own = &jump;
    for (TrailEdge& jump : jumps) {
        if (!own || groups.of(jump.from) == groups.of(source))
            continue;
        groups.join(jump.from, source);
        std::swap(own->to, jump.to);
    }
}

} // namespace

std::vector<ChainRows> mend(TrailGraph& graph)
{
    Groups groups(graph.nodes());
    for (const TrailEdge& edge : graph.edges())
        groups.join(edge.from, edge.to);
    // The trail's own ends belong together where nothing leads from one to the other.
    Breaks breaks = breaksOf(graph);
    std::vector<TrailEdge> jumps;
    for (std::size_t place = 0; place < breaks.deadEnds.size(); ++place) {
        const Loose& end = breaks.deadEnds[place];
        jumps.push_back({end.node, breaks.starts[place].node, end.micros, nullptr});
        groups.join(jumps.back().from, jumps.back().to);
    }
    joinGroups(jumps, groups, graph.source());

    std::vector<TrailEdge> kept;
    kept.reserve(graph.edges().size() + jumps.size());
    QHash<int, std::size_t> places;
    std::vector<ChainRows> orphans;
    for (const TrailEdge& edge : graph.edges()) {
        const int group = groups.of(edge.from);
        if (group == groups.of(graph.source())) {
            kept.push_back(edge);
            continue;
        }
        const auto place = places.constFind(group);
        if (place == places.constEnd()) {
            places.insert(group, orphans.size());
            orphans.push_back({edge.row});
        } else {
            orphans[*place].push_back(edge.row);
        }
    }
    for (const TrailEdge& jump : jumps)
        if (groups.of(jump.from) == groups.of(graph.source()))
            kept.push_back(jump);
    graph.edges() = std::move(kept);
    return orphans;
}

} // namespace tallystick
