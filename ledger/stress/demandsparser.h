// SPDX-License-Identifier: GPL-3.0-or-later
//! The part of a scenario file that says what must hold: expectations, controls, thresholds.
#pragma once
#include "ledger/stress/jsonmembers.h"

namespace tallystick {

/// Each reads its member of \a file into \a scenario or leaves an error.
/// @{
void readExpectations(JsonMembers& file, Scenario& scenario, FirstError& error);
/// One control, or a list of them.
void readControls(JsonMembers& file, const QJsonObject& document, Scenario& scenario,
                  FirstError& error);
void readThresholds(JsonMembers& file, Scenario& scenario, FirstError& error);
/// @}

} // namespace tallystick
