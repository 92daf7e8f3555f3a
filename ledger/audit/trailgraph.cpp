// SPDX-License-Identifier: GPL-3.0-or-later
//! Builds the graph and gives clamped rows the start they can have had.
#include "ledger/audit/trailgraph.h"

#include <algorithm>
#include <map>

namespace tallystick {

TrailGraph::TrailGraph(const ChainRows& rows, const ForeignClamps& clamps, qint64 opening,
                       std::optional<qint64> stored)
{
    m_nodes.reserve(qsizetype(rows.size()) + 2);
    m_edges.reserve(rows.size());
    m_source = nodeOf(opening);
    --m_excess[std::size_t(m_source)];
    for (const ChainRow* const row : rows) {
        const int from = nodeOf(startOf(*row));
        const int to = nodeOf(row->runningBalance->value());
        // The answer comes right after the commit, createdAt is from before the wait for a lock.
        m_edges.push_back({from, to, row->answeredAt.value_or(row->createdAt).micros, row});
        ++m_excess[std::size_t(from)];
        --m_excess[std::size_t(to)];
    }
    if (stored) {
        m_target = nodeOf(*stored);
        ++m_excess[std::size_t(m_target)];
    }
    reroute(clamps);
    if (!stored) {
        m_target = latestDeadEnd();
        ++m_excess[std::size_t(m_target)];
    }
}

int TrailGraph::nodeOf(qint64 balance)
{
    const auto known = m_nodes.constFind(balance);
    if (known != m_nodes.constEnd())
        return *known;
    const int node = int(m_excess.size());
    m_nodes.insert(balance, node);
    m_excess.push_back(0);
    return node;
}

/// Each dead end a clamped row can have started from gets such a row, the earliest first.
void TrailGraph::reroute(const ForeignClamps& clamps)
{
    constexpr int reach = 512; // dead ends looked at for a row
    std::vector<std::size_t> candidates;
    for (std::size_t edge = 0; edge < m_edges.size(); ++edge)
        if (m_excess[std::size_t(m_edges[edge].from)] > 0 && clamps.isCandidate(*m_edges[edge].row))
            candidates.push_back(edge);
    if (candidates.empty())
        return;
    std::sort(candidates.begin(), candidates.end(), [this](std::size_t a, std::size_t b) {
        return m_edges[a].micros < m_edges[b].micros;
    });
    std::vector<qint64> arrivals(m_excess.size(), std::numeric_limits<qint64>::min());
    for (const TrailEdge& edge : m_edges)
        arrivals[std::size_t(edge.to)] = std::max(arrivals[std::size_t(edge.to)], edge.micros);
    std::map<qint64, int> deadEnds; // balance, node
    for (auto node = m_nodes.cbegin(); node != m_nodes.cend(); ++node)
        if (m_excess[std::size_t(node.value())] < 0)
            deadEnds.emplace(node.key(), node.value());
    for (const std::size_t place : candidates) {
        TrailEdge& edge = m_edges[place];
        if (m_excess[std::size_t(edge.from)] <= 0)
            continue;
        // Of the dead ends it fits, the one that was left last before it.
        const auto distance = [&](int node) {
            const qint64 apart = edge.micros - arrivals[std::size_t(node)];
            return apart >= 0 ? apart : std::numeric_limits<qint64>::max();
        };
        auto best = deadEnds.end();
        auto end = deadEnds.upper_bound(startOf(*edge.row));
        for (int looked = 0;
             end != deadEnds.end() && looked < reach && clamps.explains(*edge.row, end->first);
             ++end, ++looked)
            if (best == deadEnds.end() || distance(end->second) < distance(best->second))
                best = end;
        if (best == deadEnds.end())
            continue;
        --m_excess[std::size_t(edge.from)];
        edge.from = best->second;
        if (++m_excess[std::size_t(edge.from)] == 0)
            deadEnds.erase(best);
    }
}

int TrailGraph::latestDeadEnd() const
{
    int latest = m_source;
    qint64 micros = std::numeric_limits<qint64>::min();
    for (const TrailEdge& edge : m_edges)
        if (m_excess[std::size_t(edge.to)] < 0 && edge.micros >= micros) {
            latest = edge.to;
            micros = edge.micros;
        }
    return latest;
}

} // namespace tallystick
