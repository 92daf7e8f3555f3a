// SPDX-License-Identifier: GPL-3.0-or-later
//! Proves the order of rows that carry no sequence: by the server's commit times, else by a trail.
#pragma once
#include "ledger/audit/chainwalk.h"

namespace tallystick {

/// How the rows of a chain fit together.
struct Explanation
{
    Proof proof = Proof::None;
    ChainRows ordered; ///< the active rows, but for orphans
    ChainRows orphans; ///< those nothing leads to
    QList<Finding> findings;
    qint64 cutAway = 0; ///< what clamped rows say was moved and was not
};

/// Commit times are believed where they explain the rows, else a trail where it does; where neither
/// does, the commit times again, unless rows were rewritten long after and a trail breaks less
/// often. Active rows from before
/// there were running balances are the opening balance. \a ceilings: see ForeignClamps.
[[nodiscard]] Explanation explained(const Chain& chain, const ChainRows& active,
                                    const QList<Credits>& ceilings);

} // namespace tallystick
