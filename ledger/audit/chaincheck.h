// SPDX-License-Identifier: GPL-3.0-or-later
//! Proves one user's balance from its rows.
#pragma once
#include "ledger/audit/finding.h"
#include "ledger/core/chain.h"

namespace tallystick {

/// Pure; O(n log n) in the rows. Each active row must start where the one before ended, the first
/// at 0, the last at the balance row. Their order is proved by `sequence` where every row has one,
/// dense 1..n; else by the server's commit times or, in any database, by a trail: see Proof.
/// Pending rows contribute nothing. One crime gives one finding where that can be told: after a
/// break the walk goes on from what the broken row left. \a ceilings: known to have been asked for,
/// so that a row which ends there may have been cut and keep the amount it asked for.
[[nodiscard]] ChainVerdict checkChain(const Chain& chain, const QList<Credits>& ceilings = {});

} // namespace tallystick
