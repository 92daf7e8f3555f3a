// SPDX-License-Identifier: GPL-3.0-or-later
//! Asks the rows, by key, after the run.
#include "ledger/stress/doubts.h"

#include <QtCore/QSet>

#include <algorithm>

namespace tallystick {

namespace {

/// Keys can be shared: the row may be another operation's.
bool isAsAsked(const Evidence& evidence, const OperationRecord& record, const ChainRow& row)
{
    if (!row.active)
        return false;
    const Command command = evidence.commandOf(record);
    const auto* const posting = std::get_if<Posting>(&command);
    return !posting ||
           (posting->type == row.type && (posting->amount == row.requested.value_or(row.amount) ||
                                          evidence.mayBeCut(record, row)));
}

} // namespace

void resolveDoubts(const Evidence& evidence, UserEvidence& user)
{
    const auto isDoubtful = [](const OperationRecord& record) {
        return record.outcome == OperationOutcome::Unknown;
    };
    const auto records = user.records();
    if (std::none_of(records.begin(), records.end(), isDoubtful))
        return;
    // Of several operations on one key, one wrote the row: where its answer arrived, the doubtful
    // ones did not.
    QSet<const ChainRow*> written;
    for (const OperationRecord& record : records)
        if (didApply(record))
            written.insert(user.rowOf(record));
    // Of several doubtful ones on one key the first sent is taken for the writer: only so can the
    // others have been its replays.
    for (OperationRecord& record : records) {
        if (!isDoubtful(record))
            continue;
        const ChainRow* const row = user.rowOf(record);
        const bool stands = row && !written.contains(row) && isAsAsked(evidence, record, *row);
        record.outcome = stands ? OperationOutcome::Applied : OperationOutcome::Voided;
        if (stands)
            written.insert(row);
        else
            record.hasReceipt = false;
    }
    user.review();
}

} // namespace tallystick
