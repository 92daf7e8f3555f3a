// SPDX-License-Identifier: GPL-3.0-or-later
//! What a database error means for the operation it stopped.
#pragma once
#include "ledger/core/error.h"

namespace tallystick::postgres {

/// How far an operation had come when the error appeared.
enum class Sent {
    Nothing,   ///< no session yet
    Statement, ///< a statement whose effect still needed a commit, or that only reads
    Commit     ///< the commit, or a statement that commits by itself
};

struct ErrorFacts
{
    Sent sent = Sent::Statement;
    QString sqlState; ///< may be empty: some lost sessions leave none
    bool isSessionAlive = true;
    QString statement;
    QString text;
};

/// The one place that decides. Measured: a lost commit comes back with an empty SQLSTATE and a dead
/// session, and had been applied in most cases; the same error on a living session was not applied.
[[nodiscard]] Failure classified(const ErrorFacts& facts);

} // namespace tallystick::postgres
