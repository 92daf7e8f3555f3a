// SPDX-License-Identifier: GPL-3.0-or-later
//! The kinds of movement a ledger knows.
#pragma once
#include <QtCore/QString>

#include <array>

namespace tallystick {

/// The labels of the enum "CreditTransactionType". Other stands for a label of an attached
/// database that this program does not know; such rows are shown, never written.
enum class TransactionType { TopUp, Usage, Grant, Refund, CardCheck, Subscription, Other };

inline constexpr std::array writableTypes{
    TransactionType::TopUp,  TransactionType::Usage,     TransactionType::Grant,
    TransactionType::Refund, TransactionType::CardCheck, TransactionType::Subscription};

/// The database label, e.g. "TOP_UP"; empty for Other.
[[nodiscard]] QString labelOf(TransactionType type);
/// The type with this label; Other when there is none.
[[nodiscard]] TransactionType typeWithLabel(const QString& label);

} // namespace tallystick
