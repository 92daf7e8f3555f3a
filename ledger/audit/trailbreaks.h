// SPDX-License-Identifier: GPL-3.0-or-later
//! Where the rows of a graph do not lead on: jumps that make a trail of it, and what none reaches.
#pragma once
#include "ledger/audit/trailgraph.h"

namespace tallystick {

/// Adds a jump from every dead end to a start nothing leads to, paired by time, so that the graph
/// can be walked from its source to its target. Rows which even then are not connected with the
/// source are taken out and answered, a group of connected rows each.
[[nodiscard]] std::vector<ChainRows> mend(TrailGraph& graph);

} // namespace tallystick
