// SPDX-License-Identifier: GPL-3.0-or-later
//! Names of ways and faults.
#include "ledger/core/way.h"

namespace tallystick {

QString nameOf(Way way)
{
    switch (way) {
    case Way::RowLock:
        return QStringLiteral("row-lock");
    case Way::Function:
        return QStringLiteral("function");
    case Way::Statements:
        return QStringLiteral("statements");
    }
    Q_UNREACHABLE();
}

std::optional<Way> wayNamed(const QString& name)
{
    for (const Way way : allWays)
        if (nameOf(way) == name)
            return way;
    return std::nullopt;
}

QString nameOf(Fault fault)
{
    switch (fault) {
    case Fault::NoLock:
        return QStringLiteral("no-lock");
    case Fault::FreshKeyOnRetry:
        return QStringLiteral("fresh-key-on-retry");
    case Fault::IgnoresCeiling:
        return QStringLiteral("ignores-ceiling");
    case Fault::CeilingLowers:
        return QStringLiteral("ceiling-lowers");
    case Fault::RecordsRequested:
        return QStringLiteral("records-requested");
    case Fault::WrongSign:
        return QStringLiteral("wrong-sign");
    case Fault::ActivatesAgain:
        return QStringLiteral("activates-again");
    case Fault::ReversesAgain:
        return QStringLiteral("reverses-again");
    case Fault::RefundsUnchecked:
        return QStringLiteral("refunds-unchecked");
    case Fault::BalanceWithoutRow:
        return QStringLiteral("balance-without-row");
    case Fault::RowWithoutBalance:
        return QStringLiteral("row-without-balance");
    case Fault::RepliesBeforeCommit:
        return QStringLiteral("replies-before-commit");
    }
    Q_UNREACHABLE();
}

std::optional<Fault> faultNamed(const QString& name)
{
    for (const Fault fault : allFaults)
        if (nameOf(fault) == name)
            return fault;
    return std::nullopt;
}

} // namespace tallystick
