// SPDX-License-Identifier: GPL-3.0-or-later
//! The part of a scenario file that says what is attacked.
#pragma once
#include "ledger/stress/jsonmembers.h"

namespace tallystick {

/// Reads the member "target" of \a file into \a scenario or leaves an error. Every step of the
/// user's own SQL is read as far as that can be done without a server.
void readTarget(JsonMembers& file, Scenario& scenario, FirstError& error);

/// After the mix was read: an operation of it that has no statements is an error.
void checkTarget(const Scenario& scenario, FirstError& error);

} // namespace tallystick
