// SPDX-License-Identifier: GPL-3.0-or-later
//! Codes and names of refusals and failures.
#include "ledger/core/error.h"

namespace tallystick {

QString codeOf(Refusal refusal)
{
    return QStringLiteral("LG%1").arg(int(refusal) + 1, 3, 10, QLatin1Char('0'));
}

std::optional<Refusal> refusalWithCode(const QString& code)
{
    for (const Refusal refusal : allRefusals)
        if (codeOf(refusal) == code)
            return refusal;
    return std::nullopt;
}

QString nameOf(Refusal refusal)
{
    switch (refusal) {
    case Refusal::UserUnknown:
        return QStringLiteral("UserUnknown");
    case Refusal::CreditsInsufficient:
        return QStringLiteral("CreditsInsufficient");
    case Refusal::CeilingReached:
        return QStringLiteral("CeilingReached");
    case Refusal::KeyReused:
        return QStringLiteral("KeyReused");
    case Refusal::AlreadyClaimed:
        return QStringLiteral("AlreadyClaimed");
    case Refusal::AlreadyActive:
        return QStringLiteral("AlreadyActive");
    case Refusal::AlreadyReversed:
        return QStringLiteral("AlreadyReversed");
    case Refusal::RefundExceedsPayment:
        return QStringLiteral("RefundExceedsPayment");
    case Refusal::TransactionUnknown:
        return QStringLiteral("TransactionUnknown");
    case Refusal::NotReversible:
        return QStringLiteral("NotReversible");
    case Refusal::AmountInvalid:
        return QStringLiteral("AmountInvalid");
    case Refusal::IdInvalid:
        return QStringLiteral("IdInvalid");
    case Refusal::MetadataInvalid:
        return QStringLiteral("MetadataInvalid");
    case Refusal::UserExists:
        return QStringLiteral("UserExists");
    case Refusal::NotARefundablePayment:
        return QStringLiteral("NotARefundablePayment");
    case Refusal::RefusedByStatement:
        return QStringLiteral("RefusedByStatement");
    }
    Q_UNREACHABLE();
}

bool Failure::mayRetry() const noexcept
{
    return kind == Kind::Conflict || kind == Kind::TimedOut || kind == Kind::OutcomeUnknown ||
           kind == Kind::SessionLost || sqlState == QLatin1String("53300") ||
           sqlState == QLatin1String("57P03");
}

bool Failure::needsNewSession() const noexcept
{
    return kind == Kind::Unreachable || kind == Kind::SessionLost || kind == Kind::OutcomeUnknown;
}

QString nameOf(Failure::Kind kind)
{
    switch (kind) {
    case Failure::Kind::ConnectionMisread:
        return QStringLiteral("ConnectionMisread");
    case Failure::Kind::Unreachable:
        return QStringLiteral("Unreachable");
    case Failure::Kind::SessionLost:
        return QStringLiteral("SessionLost");
    case Failure::Kind::Conflict:
        return QStringLiteral("Conflict");
    case Failure::Kind::TimedOut:
        return QStringLiteral("TimedOut");
    case Failure::Kind::OutcomeUnknown:
        return QStringLiteral("OutcomeUnknown");
    case Failure::Kind::ReadOnly:
        return QStringLiteral("ReadOnly");
    case Failure::Kind::NotAllowed:
        return QStringLiteral("NotAllowed");
    case Failure::Kind::SchemaMismatch:
        return QStringLiteral("SchemaMismatch");
    case Failure::Kind::NoLabMarker:
        return QStringLiteral("NoLabMarker");
    case Failure::Kind::ServerFull:
        return QStringLiteral("ServerFull");
    case Failure::Kind::ServerMissing:
        return QStringLiteral("ServerMissing");
    case Failure::Kind::LabDamaged:
        return QStringLiteral("LabDamaged");
    case Failure::Kind::Cancelled:
        return QStringLiteral("Cancelled");
    case Failure::Kind::FileTrouble:
        return QStringLiteral("FileTrouble");
    case Failure::Kind::WrongStatement:
        return QStringLiteral("WrongStatement");
    case Failure::Kind::Unexpected:
        return QStringLiteral("Unexpected");
    }
    Q_UNREACHABLE();
}

} // namespace tallystick
