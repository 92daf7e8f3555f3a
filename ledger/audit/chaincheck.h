// SPDX-License-Identifier: GPL-3.0-or-later
//! Proves one user's balance from its rows.
#pragma once
#include "ledger/audit/finding.h"
#include "ledger/core/chain.h"

namespace tallystick {

/// Pure; O(n log n) in the rows. The order is proved by `sequence`: dense 1..n over the active
/// rows, each starting where the one before ended, the first at 0, the last at the balance row.
/// Pending rows contribute nothing. One crime gives one finding where that can be told: after a
/// break the walk goes on from what the broken row left.
[[nodiscard]] ChainVerdict checkChain(const Chain& chain);

} // namespace tallystick
