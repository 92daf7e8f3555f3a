// SPDX-License-Identifier: GPL-3.0-or-later
//! Bulk loading of a lab's tables, for demo data.
#pragma once
#include "ledger/core/result.h"

#include <QtCore/QByteArray>

namespace tallystick {

enum class LoadTable { Users, Balances, Transactions };

/// Text rows as COPY reads them (PostgreSQL manual, "COPY", text format: tab-separated, \\N for
/// null, backslash escapes), in the column order below. Everything between construction and
/// finish() is one transaction; dropped unfinished, nothing stays.
///  - Users: id email name createdAtMicros
///  - Balances: userId balance updatedAtMicros sequence
///  - Transactions: key createdAtMicros userId amount type isActive(t/f) metadata runningBalance
///  sequence
/// One table at a time, Users first. Blocks; thread rules as LedgerReader.
class Loader
{
public:
    Loader() = default;
    Loader(const Loader&) = delete;
    Loader& operator=(const Loader&) = delete;
    virtual ~Loader() = default;

    [[nodiscard]] virtual Outcome copy(LoadTable table, const QByteArray& rows) = 0;
    [[nodiscard]] virtual Outcome finish() = 0;
    /// Whether there is no user yet; until the end of the transaction nobody else can make one.
    [[nodiscard]] virtual Result<bool> isEmpty() = 0;
    /// Removes every user with all that belongs to them, in the same transaction.
    [[nodiscard]] virtual Outcome clear() = 0;
};

} // namespace tallystick
