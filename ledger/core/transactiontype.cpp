// SPDX-License-Identifier: GPL-3.0-or-later
//! Labels of the kinds of movement.
#include "ledger/core/transactiontype.h"

namespace tallystick {

QString labelOf(TransactionType type)
{
    switch (type) {
    case TransactionType::TopUp:
        return QStringLiteral("TOP_UP");
    case TransactionType::Usage:
        return QStringLiteral("USAGE");
    case TransactionType::Grant:
        return QStringLiteral("GRANT");
    case TransactionType::Refund:
        return QStringLiteral("REFUND");
    case TransactionType::CardCheck:
        return QStringLiteral("CARD_CHECK");
    case TransactionType::Subscription:
        return QStringLiteral("SUBSCRIPTION");
    case TransactionType::Other:
        break;
    }
    return {};
}

TransactionType typeWithLabel(const QString& label)
{
    for (const TransactionType type : writableTypes)
        if (labelOf(type) == label)
            return type;
    return TransactionType::Other;
}

} // namespace tallystick
