// SPDX-License-Identifier: GPL-3.0-or-later
//! A user's rows as a graph: balances are nodes, each row leads from the one before it to its own.
#pragma once
#include "ledger/audit/rowcheck.h"

#include <QtCore/QHash>

namespace tallystick {

/// A row, or a jump where no row leads on.
struct TrailEdge
{
    int from = 0;
    int to = 0;
    qint64 micros = 0;             ///< of the row, or of the row before the jump
    const ChainRow* row = nullptr; ///< null: a jump
};

/// A history can be explained by some serial order of its rows exactly when they form one Eulerian
/// trail from the opening to the stored balance: every row once, each starting where the one before
/// ended. Linear in the rows.
class TrailGraph final
{
public:
    /// \a rows: active, each with a running balance. \a stored: nothing where there is no balance
    /// row; the trail may end anywhere then.
    TrailGraph(const ChainRows& rows, const ForeignClamps& clamps, qint64 opening,
               std::optional<qint64> stored);

    [[nodiscard]] int nodes() const { return int(m_excess.size()); }
    [[nodiscard]] int source() const { return m_source; }
    [[nodiscard]] int target() const { return m_target; }
    [[nodiscard]] const std::vector<TrailEdge>& edges() const { return m_edges; }
    [[nodiscard]] std::vector<TrailEdge>& edges() { return m_edges; }
    /// Rows that start at a node less those that end there, with the ends of the trail counted in:
    /// above 0, something starts where nothing ended; below 0, nothing goes on from there.
    [[nodiscard]] const std::vector<int>& excess() const { return m_excess; }

private:
    int nodeOf(qint64 balance);
    void reroute(const ForeignClamps& clamps);
    [[nodiscard]] int latestDeadEnd() const;

    QHash<qint64, int> m_nodes;
    std::vector<TrailEdge> m_edges;
    std::vector<int> m_excess;
    int m_source = 0;
    int m_target = 0;
};

} // namespace tallystick
