// SPDX-License-Identifier: GPL-3.0-or-later
//! Customers with one planted fault each, for verification to find.
#pragma once
#include "ledger/core/ids.h"
#include "ledger/lab/demorows.h"

#include <QtCore/QList>

namespace tallystick {

inline constexpr qint64 crimeCount = 10;
inline constexpr qint64 rowsPerCrime = 40; ///< before something is added or taken away

/// Writes them, each with a short history that ends a little before \a end (micros), and answers
/// who they are. The name says what was done: "Crime: FORK", …
[[nodiscard]] QList<UserId> addCrimes(DemoRows& rows, qint64 end);

} // namespace tallystick
