// SPDX-License-Identifier: GPL-3.0-or-later
//! Words for types, verdicts and the other small enumerations.
#include "ui/shared/words.h"

#include <QtCore/QCoreApplication>

namespace tallystick::words {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ValueWords)
};

} // namespace

QString word(TransactionType type)
{
    switch (type) {
    case TransactionType::TopUp:
        return Words::tr("Top-up");
    case TransactionType::Usage:
        return Words::tr("Usage");
    case TransactionType::Grant:
        return Words::tr("Grant");
    case TransactionType::Refund:
        return Words::tr("Refund");
    case TransactionType::CardCheck:
        return Words::tr("Card check");
    case TransactionType::Subscription:
        return Words::tr("Subscription");
    case TransactionType::Other:
        return Words::tr("Other");
    }
    Q_UNREACHABLE();
}

QString word(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Pass:
        return Words::tr("PASS");
    case Verdict::SloMiss:
        return Words::tr("TOO SLOW");
    case Verdict::Violated:
        return Words::tr("VIOLATED");
    case Verdict::Unknown:
        return Words::tr("UNKNOWN");
    }
    Q_UNREACHABLE();
}

QString sentence(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Pass:
        return Words::tr("Every rule of the ledger held");
    case Verdict::SloMiss:
        return Words::tr("The ledger was right, but slower than a threshold allows");
    case Verdict::Violated:
        return Words::tr("The ledger broke a rule; the rows below show where");
    case Verdict::Unknown:
        return Words::tr("It could not be proved either way; the reasons below say why");
    }
    Q_UNREACHABLE();
}

QString word(Validity validity)
{
    switch (validity) {
    case Validity::Valid:
        return Words::tr("Valid");
    case Validity::Invalid:
        return Words::tr("Invalid");
    case Validity::Unknown:
        return Words::tr("Unknown");
    }
    Q_UNREACHABLE();
}

QString word(OperationKind operation)
{
    switch (operation) {
    case OperationKind::Spend:
        return Words::tr("Spend");
    case OperationKind::TopUp:
        return Words::tr("Top-up");
    case OperationKind::Grant:
        return Words::tr("Grant");
    case OperationKind::Reward:
        return Words::tr("Reward");
    case OperationKind::Refund:
        return Words::tr("Refund");
    case OperationKind::Reverse:
        return Words::tr("Reverse");
    case OperationKind::Activate:
        return Words::tr("Activate");
    case OperationKind::Read:
        return Words::tr("Read");
    }
    Q_UNREACHABLE();
}

QString word(Way way)
{
    switch (way) {
    case Way::RowLock:
        return Words::tr("Row lock");
    case Way::Function:
        return Words::tr("Function");
    case Way::Statements:
        return Words::tr("Your own SQL");
    }
    Q_UNREACHABLE();
}

QString word(Balance::Source source)
{
    switch (source) {
    case Balance::Source::BalanceRow:
        return Words::tr("from the balance row");
    case Balance::Source::History:
        return Words::tr("from the history; there is no balance row");
    case Balance::Source::Nothing:
        return Words::tr("no balance row and no history");
    }
    Q_UNREACHABLE();
}

QString word(Clamp clamp)
{
    switch (clamp) {
    case Clamp::None:
        return {};
    case Clamp::Ceiling:
        return Words::tr("limited by the ceiling");
    case Clamp::Range:
        return Words::tr("limited by what a balance can hold");
    }
    Q_UNREACHABLE();
}

} // namespace tallystick::words
