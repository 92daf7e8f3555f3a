// SPDX-License-Identifier: GPL-3.0-or-later
//! Names of findings and proofs.
#include "ledger/audit/finding.h"

namespace tallystick {

QString nameOf(FindingKind kind)
{
    switch (kind) {
    case FindingKind::Fork:
        return QStringLiteral("FORK");
    case FindingKind::Gap:
        return QStringLiteral("GAP");
    case FindingKind::Arithmetic:
        return QStringLiteral("ARITHMETIC");
    case FindingKind::CeilingLoss:
        return QStringLiteral("CEILING LOSS");
    case FindingKind::Tail:
        return QStringLiteral("TAIL");
    case FindingKind::Orphan:
        return QStringLiteral("ORPHAN");
    case FindingKind::SumMismatch:
        return QStringLiteral("SUM MISMATCH");
    case FindingKind::NoBalanceRow:
        return QStringLiteral("NO BALANCE ROW");
    case FindingKind::Negative:
        return QStringLiteral("NEGATIVE");
    case FindingKind::OutOfRange:
        return QStringLiteral("OUT OF RANGE");
    case FindingKind::DuplicateReward:
        return QStringLiteral("DUPLICATE REWARD");
    case FindingKind::RefundExceedsPayment:
        return QStringLiteral("REFUND EXCEEDS PAYMENT");
    case FindingKind::Clock:
        return QStringLiteral("CLOCK");
    case FindingKind::Unsequenced:
        return QStringLiteral("UNSEQUENCED");
    case FindingKind::Clamped:
        return QStringLiteral("CLAMPED");
    case FindingKind::OutOfClockOrder:
        return QStringLiteral("OUT OF CLOCK ORDER");
    }
    Q_UNREACHABLE();
}

bool isHarmless(FindingKind kind)
{
    return kind == FindingKind::OutOfClockOrder || kind == FindingKind::Clamped;
}

bool breaksOrder(FindingKind kind)
{
    switch (kind) {
    case FindingKind::Fork:
    case FindingKind::Gap:
    case FindingKind::Arithmetic:
    case FindingKind::CeilingLoss:
    case FindingKind::Tail:
    case FindingKind::Orphan:
    case FindingKind::SumMismatch:
    case FindingKind::Unsequenced:
        return true;
    case FindingKind::NoBalanceRow:
    case FindingKind::Negative:
    case FindingKind::OutOfRange:
    case FindingKind::DuplicateReward:
    case FindingKind::RefundExceedsPayment:
    case FindingKind::Clock:
    case FindingKind::Clamped:
    case FindingKind::OutOfClockOrder:
        return false;
    }
    Q_UNREACHABLE();
}

QString nameOf(Proof proof)
{
    switch (proof) {
    case Proof::Sequence:
        return QStringLiteral("sequence");
    case Proof::CommitTime:
        return QStringLiteral("commitTime");
    case Proof::Trail:
        return QStringLiteral("trail");
    case Proof::None:
        return QStringLiteral("none");
    }
    Q_UNREACHABLE();
}

} // namespace tallystick
