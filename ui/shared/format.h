// SPDX-License-Identifier: GPL-3.0-or-later
//! Numbers, money, times and ids as people read them.
#pragma once
#include "ledger/core/credits.h"
#include "ledger/core/instant.h"

#include <QtCore/QString>

#include <optional>

namespace tallystick::format {

/// U+2212, as wide as a plus sign; never a hyphen before a number a person reads.
inline constexpr QChar minus{0x2212};

[[nodiscard]] QString money(Credits credits);  ///< "$1,000.00", "−$5.00": in sentences
[[nodiscard]] QString amount(Credits credits); ///< "1,000.00", "−5.00": a balance in a table
[[nodiscard]] QString signedAmount(Credits credits); ///< "+5.00", "−0.16", "0.00": a movement
[[nodiscard]] QString count(qint64 number);          ///< "12,345"

[[nodiscard]] QString time(Instant at);        ///< "2026-05-01 14:02:11", UTC
[[nodiscard]] QString preciseTime(Instant at); ///< "2026-05-01 14:02:11.482913", UTC
[[nodiscard]] QString date(Instant at);        ///< "2026-05-01", UTC
/// "just now", "5 min ago", "3 h ago", "2 d ago", then months and years.
[[nodiscard]] QString age(Instant at, Instant now);
[[nodiscard]] QString duration(qint64 micros); ///< "850 µs", "31.2 ms", "4.20 s"

/// \a id with its middle left out when it is longer than \a characters.
[[nodiscard]] QString elided(const QString& id, int characters);

/// Money as a person types it: "8", "8.5", "1,234.56", "$8", "-3" or "−3". Nothing for anything
/// else: not a number, more than two decimals, or beyond 64 bits.
[[nodiscard]] std::optional<Credits> parsedMoney(const QString& text);

} // namespace tallystick::format
