// SPDX-License-Identifier: GPL-3.0-or-later
//! Rows of a result as the values of ledger/core.
#pragma once
#include "ledger/core/chain.h"
#include "ledger/core/posting.h"
#include "ledger/core/transaction.h"
#include "ledger/core/user.h"

#include "ledger/postgres/statement.h"

#include <QtCore/QVariant>

namespace tallystick::postgres {

/// \name Fields by column name
/// Bigints arrive as qulonglong when positive and as qlonglong when negative: both end here.
/// @{
[[nodiscard]] QString textAt(const Statement& row, const char* column);
[[nodiscard]] qint64 numberAt(const Statement& row, const char* column);
[[nodiscard]] std::optional<qint64> optionalNumberAt(const Statement& row, const char* column);
[[nodiscard]] Credits creditsAt(const Statement& row, const char* column);
[[nodiscard]] std::optional<Credits> optionalCreditsAt(const Statement& row, const char* column);
[[nodiscard]] std::optional<TransactionKey> keyAt(const Statement& row, const char* column);
/// @}

/// \name Values for placeholders
/// @{
[[nodiscard]] QVariant bound(const std::optional<qint64>& number);
[[nodiscard]] QVariant bound(const std::optional<Credits>& credits);
[[nodiscard]] QVariant bound(const std::optional<TransactionKey>& key);
[[nodiscard]] QVariant bound(const QJsonObject& metadata); ///< null when empty
/// @}

[[nodiscard]] User userOf(const Statement& row);
[[nodiscard]] Transaction transactionOf(const Statement& row, const UserId& user);
[[nodiscard]] ChainRow chainRowOf(const Statement& row);
/// The members of tallystick.answer.
[[nodiscard]] std::variant<Receipt, RefusalWithFacts> answerOf(const Statement& row);
[[nodiscard]] Clamp clampWithLabel(const QString& label);

} // namespace tallystick::postgres
