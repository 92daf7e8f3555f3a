// SPDX-License-Identifier: GPL-3.0-or-later
//! Asks the server what it is and what this session may do.
#pragma once
#include "ledger/core/ledger.h"
#include "ledger/postgres/session.h"

namespace tallystick::postgres {

[[nodiscard]] Result<ServerFacts> serverFacts(Session& session);
/// Failure NoLabMarker where the marker is missing.
[[nodiscard]] Outcome requireLab(Session& session);

} // namespace tallystick::postgres
