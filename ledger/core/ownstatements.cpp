// SPDX-License-Identifier: GPL-3.0-or-later
//! Names around the user's own SQL.
#include "ledger/core/ownstatements.h"

namespace tallystick {

const QStringList& givenPlaceholders()
{
    static const QStringList names{QStringLiteral("user"),    QStringLiteral("amount"),
                                   QStringLiteral("key"),     QStringLiteral("type"),
                                   QStringLiteral("ceiling"), QStringLiteral("metadata"),
                                   QStringLiteral("step"),    QStringLiteral("of")};
    return names;
}

QString memberPath(OperationKind kind)
{
    return QStringLiteral("target.statements.") + nameOf(kind);
}

QString memberPath(OperationKind kind, qsizetype step)
{
    return QStringLiteral("%1.steps[%2]").arg(memberPath(kind)).arg(step);
}

} // namespace tallystick
