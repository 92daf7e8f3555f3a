// SPDX-License-Identifier: GPL-3.0-or-later
//! A scenario's rate as one field of a form shows and sets it.
#pragma once
#include "ledger/stress/scenario.h"

namespace tallystick {

/// Operations a second, rounded; 0: the load is closed.
[[nodiscard]] int wholeRate(const Scenario& scenario);
/// What waits for others or for its own delay has no intended time.
[[nodiscard]] bool mayBeOpen(const Scenario& scenario);
/// From one model to the other: what only the first one knows is left behind. 0 closes the load.
void setRate(Scenario& scenario, int rate);

} // namespace tallystick
