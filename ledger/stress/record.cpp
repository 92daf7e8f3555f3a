// SPDX-License-Identifier: GPL-3.0-or-later
//! Names and classifies the outcomes of operations.
#include "ledger/stress/record.h"

#include <algorithm>

namespace tallystick {

namespace {

void keepFailure(OperationRecord& record, const Failure& failure)
{
    record.failureKind = failure.kind;
    record.sqlState = {};
    const QByteArray state = failure.sqlState.toLatin1();
    std::copy_n(state.begin(), std::min(state.size(), qsizetype(record.sqlState.size())),
                record.sqlState.begin());
}

void classifyFailure(OperationRecord& record, const Failure& failure)
{
    keepFailure(record, failure);
    record.wasDoubted = record.wasDoubted || failure.kind == Failure::Kind::OutcomeUnknown;
    // Once one attempt may have been applied, no later failure can take that back.
    record.outcome = record.wasDoubted ? OperationOutcome::Unknown : OperationOutcome::Failed;
}

} // namespace

QString nameOf(OperationOutcome outcome)
{
    switch (outcome) {
    case OperationOutcome::Unfinished:
        return QStringLiteral("unfinished");
    case OperationOutcome::Ok:
        return QStringLiteral("ok");
    case OperationOutcome::Replayed:
        return QStringLiteral("replayed");
    case OperationOutcome::Refused:
        return QStringLiteral("refused");
    case OperationOutcome::Failed:
        return QStringLiteral("failed");
    case OperationOutcome::Unknown:
        return QStringLiteral("unknown");
    case OperationOutcome::Applied:
        return QStringLiteral("applied");
    case OperationOutcome::Voided:
        return QStringLiteral("voided");
    case OperationOutcome::Skipped:
        return QStringLiteral("skipped");
    }
    Q_UNREACHABLE();
}

bool didApply(const OperationRecord& record)
{
    return record.outcome == OperationOutcome::Ok || record.outcome == OperationOutcome::Applied;
}

bool wasUnavailable(const OperationRecord& record)
{
    if ((record.outcome == OperationOutcome::Unfinished && record.wasSent()) ||
        record.outcome == OperationOutcome::Unknown)
        return true;
    if (record.outcome != OperationOutcome::Failed || !record.failureKind)
        return false;
    switch (*record.failureKind) {
    case Failure::Kind::Unreachable:
    case Failure::Kind::SessionLost:
    case Failure::Kind::TimedOut:
    case Failure::Kind::OutcomeUnknown:
    case Failure::Kind::ReadOnly:
    case Failure::Kind::ServerFull:
    case Failure::Kind::Cancelled:
        return true;
    case Failure::Kind::Conflict:
    case Failure::Kind::NotAllowed:
    case Failure::Kind::SchemaMismatch:
    case Failure::Kind::NoLabMarker:
    case Failure::Kind::ServerMissing:
    case Failure::Kind::LabDamaged:
    case Failure::Kind::ConnectionMisread:
    case Failure::Kind::FileTrouble:
    case Failure::Kind::WrongStatement:
    case Failure::Kind::Unexpected:
        return false;
    }
    Q_UNREACHABLE();
}

QString failureName(const OperationRecord& record)
{
    if (!record.failureKind)
        return {};
    if (record.sqlState.front() == '\0')
        return nameOf(*record.failureKind);
    const auto end = std::find(record.sqlState.begin(), record.sqlState.end(), '\0');
    return QString::fromLatin1(record.sqlState.data(), end - record.sqlState.begin());
}

QString detailOf(const OperationRecord& record)
{
    if (record.outcome == OperationOutcome::Refused)
        return nameOf(*record.refusal);
    return record.outcome == OperationOutcome::Ok || record.outcome == OperationOutcome::Replayed
               ? QString()
               : failureName(record);
}

void classify(OperationRecord& record, const Result<Receipt>& answer, const TransactionKey& key)
{
    if (const Failure* failure = answer.failure()) {
        classifyFailure(record, *failure);
        return;
    }
    if (const RefusalWithFacts* refusal = answer.refusal()) {
        // A refusal after a doubtful attempt may be the answer to that attempt's own row, or come
        // before its late commit: only the ledger can tell, after the run.
        record.outcome = record.wasDoubted ? OperationOutcome::Unknown : OperationOutcome::Refused;
        record.refusal = refusal->refusal;
        record.balance = refusal->balance;
        return;
    }
    // A replay after a doubt answers its own first try, or another's: see above.
    record.outcome = !answer->replayed   ? OperationOutcome::Ok
                     : record.wasDoubted ? OperationOutcome::Unknown
                                         : OperationOutcome::Replayed;
    record.hasReceipt = answer->tells == Receipt::Tells::Everything;
    record.hasRead = answer->tells == Receipt::Tells::Balance;
    record.applied = answer->applied;
    record.balance = answer->balance;
    record.at = answer->at;
    record.sequence = answer->sequence.value_or(0);
    record.namesOtherKey = answer->key != key;
}

void classify(OperationRecord& record, const Result<Balance>& answer)
{
    if (const Failure* failure = answer.failure()) {
        // A read applies nothing: whatever happened to it, there is no doubt about the ledger.
        keepFailure(record, *failure);
        record.outcome = OperationOutcome::Failed;
    } else if (const RefusalWithFacts* refusal = answer.refusal()) {
        record.outcome = OperationOutcome::Refused;
        record.refusal = refusal->refusal;
        record.balance = refusal->balance;
    } else {
        record.outcome = OperationOutcome::Ok;
        record.hasRead = true;
        record.balance = answer->credits;
    }
}

} // namespace tallystick
