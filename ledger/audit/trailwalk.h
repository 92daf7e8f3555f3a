// SPDX-License-Identifier: GPL-3.0-or-later
//! Walks a graph that has a trail.
#pragma once
#include "ledger/audit/trailgraph.h"

namespace tallystick {

/// The rows in the order of an Eulerian trail from the source to the target, jumps left out; the
/// graph must have one. Where several orders explain the rows it is the one nearest to their
/// times: where those are true, it is the order things happened in.
[[nodiscard]] ChainRows walked(const TrailGraph& graph);

} // namespace tallystick
