// SPDX-License-Identifier: GPL-3.0-or-later
//! Names of operations.
#include "ledger/core/operationkind.h"

namespace tallystick {

QString nameOf(OperationKind kind)
{
    switch (kind) {
    case OperationKind::Spend:
        return QStringLiteral("spend");
    case OperationKind::TopUp:
        return QStringLiteral("topUp");
    case OperationKind::Grant:
        return QStringLiteral("grant");
    case OperationKind::Reward:
        return QStringLiteral("reward");
    case OperationKind::Refund:
        return QStringLiteral("refund");
    case OperationKind::Reverse:
        return QStringLiteral("reverse");
    case OperationKind::Activate:
        return QStringLiteral("activate");
    case OperationKind::Read:
        return QStringLiteral("read");
    }
    Q_UNREACHABLE();
}

std::optional<OperationKind> operationNamed(const QString& name)
{
    for (const OperationKind kind : allOperationKinds)
        if (nameOf(kind) == name)
            return kind;
    return std::nullopt;
}

} // namespace tallystick
