// SPDX-License-Identifier: GPL-3.0-or-later
//! The part of a scenario file that says how hard the run presses.
#pragma once
#include "ledger/stress/jsonmembers.h"

namespace tallystick {

/// Reads "load" of \a file into \a scenario, whose mix and end must be read already: an open load
/// and a profile do not go with everything.
void readLoad(JsonMembers& file, Scenario& scenario, FirstError& error);

} // namespace tallystick
