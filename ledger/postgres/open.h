// SPDX-License-Identifier: GPL-3.0-or-later
//! The ledger kept in PostgreSQL: the one door to everything behind it.
#pragma once
#include "ledger/core/bench.h"
#include "ledger/core/connection.h"
#include "ledger/core/ledger.h"
#include "ledger/core/loader.h"

namespace tallystick::postgres {

/// Opens a session on the calling thread; use and drop it there. \a target says how post() runs.
[[nodiscard]] Result<std::unique_ptr<Ledger>> openLedger(const Connection& connection,
                                                         const Target& target = {});
/// Refuses with Failure NoLabMarker where the marker is missing.
[[nodiscard]] Result<std::unique_ptr<Bench>> openBench(const Connection& connection);
[[nodiscard]] Result<std::unique_ptr<Loader>> openLoader(const Connection& connection);

/// Puts the lab marker and schema into the database and brings it up to date: ordered migrations,
/// forward only, one transaction each, checksummed. Refuses (SchemaMismatch) a database that holds
/// a "platform" schema without the marker, or a migration that was changed after it ran.
[[nodiscard]] Outcome layLabSchema(const Connection& connection);

} // namespace tallystick::postgres
