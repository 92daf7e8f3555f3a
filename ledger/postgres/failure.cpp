// SPDX-License-Identifier: GPL-3.0-or-later
//! (what had been sent, SQLSTATE, session alive) -> kind of failure.
#include "ledger/postgres/failure.h"

#include <array>
#include <utility>

namespace tallystick::postgres {

namespace {

/// SQLSTATEs with a meaning of their own (PostgreSQL manual, appendix A). All of them come from a
/// living session that applied nothing.
constexpr std::array<std::pair<const char*, Failure::Kind>, 22> meanings{{
    {"40001", Failure::Kind::Conflict},       {"40P01", Failure::Kind::Conflict},
    {"55P03", Failure::Kind::TimedOut},       {"57014", Failure::Kind::TimedOut},
    {"25P03", Failure::Kind::TimedOut},       {"25006", Failure::Kind::ReadOnly},
    {"42501", Failure::Kind::NotAllowed},     {"28P01", Failure::Kind::NotAllowed},
    {"28000", Failure::Kind::NotAllowed},     {"42P01", Failure::Kind::SchemaMismatch},
    {"42703", Failure::Kind::SchemaMismatch}, {"42883", Failure::Kind::SchemaMismatch},
    {"42704", Failure::Kind::SchemaMismatch}, {"3F000", Failure::Kind::SchemaMismatch},
    {"3D000", Failure::Kind::SchemaMismatch}, {"53100", Failure::Kind::ServerFull},
    {"53200", Failure::Kind::ServerFull},     {"53300", Failure::Kind::ServerFull},
    {"53400", Failure::Kind::ServerFull},     {"54000", Failure::Kind::ServerFull},
    {"57P03", Failure::Kind::Unreachable},    {"58030", Failure::Kind::ServerFull},
}};

bool endsSession(const QString& sqlState)
{
    return sqlState == QLatin1String("57P01") || sqlState == QLatin1String("57P02") ||
           sqlState.startsWith(QLatin1String("08"));
}

Failure::Kind kindOf(const ErrorFacts& facts)
{
    if (!facts.isSessionAlive || endsSession(facts.sqlState)) {
        switch (facts.sent) {
        case Sent::Nothing:
            break;
        case Sent::Statement:
            return Failure::Kind::SessionLost;
        case Sent::Commit:
            return Failure::Kind::OutcomeUnknown;
        }
    }
    for (const auto& [state, kind] : meanings)
        if (facts.sqlState == QLatin1String(state))
            return kind;
    return facts.sent == Sent::Nothing ? Failure::Kind::Unreachable : Failure::Kind::Unexpected;
}

} // namespace

Failure classified(const ErrorFacts& facts)
{
    return {.kind = kindOf(facts),
            .sqlState = facts.sqlState,
            .statement = facts.statement,
            .text = facts.text};
}

} // namespace tallystick::postgres
