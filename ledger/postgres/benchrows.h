// SPDX-License-Identifier: GPL-3.0-or-later
//! The rows a run's users start with.
#pragma once
#include "ledger/core/bench.h"

namespace tallystick::postgres {

/// Rows as Loader::copy() takes them.
struct BenchRows
{
    QByteArray users, balances, transactions;
};
[[nodiscard]] BenchRows rowsOf(const QList<BenchUser>& users, Instant now);

} // namespace tallystick::postgres
