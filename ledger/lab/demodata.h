// SPDX-License-Identifier: GPL-3.0-or-later
//! Customers and histories that look like life, the same for the same seed.
#pragma once
#include "ledger/core/ids.h"
#include "ledger/core/instant.h"
#include "ledger/core/loader.h"

#include <QtCore/QList>
#include <QtCore/QString>

#include <functional>
#include <stop_token>

namespace tallystick {

inline constexpr qint64 mostDemoUsers = 10'000'000;
inline constexpr qint64 mostDemoTransactions = 1'000'000'000;

/// At most the users and transactions above; transactions want at least one user.
struct DemoPlan
{
    qint64 users = 2000;
    qint64 transactions = 200000;
    quint64 seed = 1;
    bool crimes = true; ///< ten more customers, each with one planted fault named in its name
    /// The histories cover the 18 months before it. Fixed (Monday, 2026-11-02 00:00 UTC), so that
    /// the same seed gives the same rows on every day; set it to have them end today.
    Instant end{1'793'577'600'000'000};
};

struct DemoSummary
{
    qint64 users = 0;
    qint64 transactions = 0;
    QList<UserId> crimes; ///< exactly the customers verification must find
};

/// Generates, loads in chunks and finishes; whoever wants an empty ledger first clears it through
/// the same loader. Memory does not grow with the plan. \a progress gets rows done and planned.
/// Refuses AmountInvalid for a plan out of range. Stopped or failed, the loader is left unfinished:
/// nothing stays.
[[nodiscard]] Result<DemoSummary> seedDemo(const DemoPlan& plan, Loader& loader,
                                           const std::function<void(qint64, qint64)>& progress,
                                           std::stop_token stop);

} // namespace tallystick
