// SPDX-License-Identifier: GPL-3.0-or-later
//! Joins one user's operations and rows by key.
#include "ledger/stress/evidence.h"

#include <algorithm>
#include <numeric>

namespace tallystick {

namespace {

constexpr qsizetype maxExamples = 20;

/// Whether the rows stand in one order, each where the one before it ended. What else is wrong with
/// them is no reason to doubt that.
bool isOrderSound(const ChainVerdict& verdict)
{
    return verdict.proof != Proof::None &&
           std::none_of(verdict.findings.begin(), verdict.findings.end(),
                        [](const Finding& finding) { return breaksOrder(finding.kind); });
}

} // namespace

Evidence::Evidence(const Plan& plan, const QList<LockWait>& lockQueue)
    : m_plan(plan)
    , m_lockQueue(lockQueue)
    , m_isForeign(plan.scenario().target.way == Way::Statements)
{
    for (const MixEntry& entry : plan.scenario().mix)
        if (m_isForeign && entry.ceiling && !m_foreignCeilings.contains(*entry.ceiling))
            m_foreignCeilings.append(*entry.ceiling);
    const QList<TransactionKey> opening = plan.openingKeys();
    m_openingKeys = QSet<TransactionKey>(opening.begin(), opening.end());
    m_preparedKeys = m_openingKeys;
    m_opening = plan.scenario().users.openingBalance;
    for (const Posting& prepared : plan.preparedFor(plan.users().first())) {
        m_preparedKeys.insert(prepared.key);
        if (prepared.active)
            m_opening = m_opening.plus(prepared.amount).value_or(m_opening);
    }
}

bool Evidence::mayBeCut(const OperationRecord& record, const ChainRow& row) const
{
    return m_isForeign && entryOf(record).ceiling && row.amount >= Credits() &&
           row.amount <= record.planned.amount;
}

Example Evidence::exampleOf(const OperationRecord& record, const char* what) const
{
    return {
        .user = m_plan.userOf(record.planned), .key = keyOf(record), .what = QLatin1String(what)};
}

UserEvidence::UserEvidence(const Evidence& evidence, const UserId& user, std::optional<Chain> chain,
                           std::span<OperationRecord> records)
    : m_evidence(evidence)
    , m_records(records)
{
    if (chain)
        m_chain = *std::move(chain);
    m_chain.user = user;
    sortRecords();
    if (evidence.isForeign())
        tellAnswers();
    m_verdict = tallystick::checkChain(m_chain, evidence.foreignCeilings());
    m_hasSoundOrder = isOrderSound(m_verdict);
    for (const Finding& finding : m_verdict.findings)
        if (finding.kind == FindingKind::Clamped && !finding.rows.isEmpty())
            m_cut.insert(finding.rows.first(), finding.found.value_or(Credits()));
    arrangeRows();
    findRows();
    review();
}

void UserEvidence::sortRecords()
{
    std::sort(m_records.begin(), m_records.end(),
              [](const OperationRecord& a, const OperationRecord& b) {
                  return std::pair(a.sentMicros, a.planned.ordinal) <
                         std::pair(b.sentMicros, b.planned.ordinal);
              });
    for (std::size_t place = 0; place < m_records.size(); ++place) {
        const OperationRecord& record = m_records[place];
        if (m_evidence.plan().hasOwnKey(record.planned))
            m_byOrdinal.push_back(quint32(place));
        else if (record.kind != OperationKind::Read)
            m_shared[m_evidence.keyOf(record)].push_back(quint32(place));
    }
    std::stable_sort(m_byOrdinal.begin(), m_byOrdinal.end(), [this](quint32 a, quint32 b) {
        return m_records[a].planned.ordinal < m_records[b].planned.ordinal;
    });
}

/// All rows on one clock, that of the run: those from before it come first.
void UserEvidence::tellAnswers()
{
    findRows();
    for (ChainRow& row : m_chain.rows)
        row.answeredAt = Instant{OperationRecord::neverSent};
    for (std::size_t place = 0; place < m_records.size(); ++place)
        if (const qint32 row = m_rows[place]; row >= 0 && didApply(m_records[place]))
            m_chain.rows[row].answeredAt = Instant{m_records[place].endMicros};
}

/// Rows without a sequence are put in the order that was proved, the pending ones behind.
void UserEvidence::arrangeRows()
{
    if (m_verdict.order.empty())
        return;
    QList<ChainRow> ordered;
    ordered.reserve(m_chain.rows.size());
    for (const qint32 place : m_verdict.order)
        ordered.append(std::move(m_chain.rows[place]));
    for (ChainRow& row : m_chain.rows)
        if (!row.active)
            ordered.append(std::move(row));
    m_chain.rows = std::move(ordered);
    std::iota(m_verdict.order.begin(), m_verdict.order.end(), 0);
}

std::optional<qint64> UserEvidence::placeOf(const ChainRow& row) const
{
    if (!row.active || m_verdict.proof == Proof::None)
        return std::nullopt;
    if (m_verdict.proof == Proof::Sequence)
        return row.sequence;
    return &row - m_chain.rows.constData() + 1;
}

Credits UserEvidence::appliedBy(const ChainRow& row) const
{
    return m_cut.isEmpty() ? row.amount : m_cut.value(row.key, row.amount);
}

void UserEvidence::findRows()
{
    m_rows.assign(m_records.size(), -1);
    m_otherRows.clear();
    m_duplicates.clear();
    for (qsizetype place = 0; place < m_chain.rows.size(); ++place) {
        const ChainRow& row = m_chain.rows.at(place);
        const auto ordinal = m_evidence.plan().ordinalOf(row.key);
        const auto own = ordinal ? numbered(*ordinal) : std::span<const quint32>();
        bool isFirst = true;
        for (const quint32 record : own) {
            isFirst = isFirst && m_rows[record] < 0;
            if (isFirst)
                m_rows[record] = qint32(place);
        }
        if (own.empty()) {
            isFirst = !m_otherRows.contains(row.key);
            if (isFirst)
                m_otherRows.insert(row.key, qint32(place));
        }
        if (!isFirst)
            m_duplicates.push_back(&row);
        if (row.active && isForeign(row.key))
            m_hasForeignRow = true;
    }
    for (auto shared = m_shared.cbegin(); shared != m_shared.cend(); ++shared)
        for (const quint32 record : shared.value())
            m_rows[record] = m_otherRows.value(shared.key(), -1);
}

std::span<const quint32> UserEvidence::numbered(qint64 ordinal) const
{
    const auto ordinalAt = [this](quint32 place) { return m_records[place].planned.ordinal; };
    const auto first =
        std::lower_bound(m_byOrdinal.begin(), m_byOrdinal.end(), ordinal,
                         [&](quint32 place, qint64 wanted) { return ordinalAt(place) < wanted; });
    auto end = first;
    while (end != m_byOrdinal.end() && ordinalAt(*end) == ordinal)
        ++end;
    return {first, end};
}

const ChainRow* UserEvidence::row(const TransactionKey& key) const
{
    if (const auto ordinal = m_evidence.plan().ordinalOf(key))
        if (const auto own = numbered(*ordinal); !own.empty())
            return rowOf(m_records[own.front()]);
    const qint32 place = m_otherRows.value(key, -1);
    return place < 0 ? nullptr : &m_chain.rows.at(place);
}

const ChainRow* UserEvidence::rowOf(const OperationRecord& record) const
{
    const qint32 place = m_rows[std::size_t(&record - m_records.data())];
    return place < 0 ? nullptr : &m_chain.rows.at(place);
}

std::vector<const OperationRecord*> UserEvidence::recordsOf(const TransactionKey& key) const
{
    std::vector<const OperationRecord*> records;
    const auto add = [&](auto places) {
        for (const quint32 place : places)
            records.push_back(&m_records[place]);
    };
    if (const auto ordinal = m_evidence.plan().ordinalOf(key))
        add(numbered(*ordinal));
    if (records.empty())
        add(m_shared.value(key));
    return records;
}

QList<TransactionKey> UserEvidence::sharedKeys() const
{
    QList<TransactionKey> keys = m_shared.keys();
    for (std::size_t place = 1; place < m_byOrdinal.size(); ++place) {
        const OperationRecord& record = m_records[m_byOrdinal[place]];
        if (record.planned.ordinal == m_records[m_byOrdinal[place - 1]].planned.ordinal)
            keys.append(m_evidence.keyOf(record));
    }
    return keys;
}

bool UserEvidence::isForeign(const TransactionKey& key) const
{
    if (m_evidence.isOpeningKey(key) || m_shared.contains(key))
        return false;
    const auto ordinal = m_evidence.plan().ordinalOf(key);
    return !ordinal || numbered(*ordinal).empty();
}

void UserEvidence::review()
{
    m_isInDoubt = m_wasDisturbed = m_hasForeignRow;
    for (const OperationRecord& record : m_records) {
        m_isInDoubt = m_isInDoubt || record.outcome == OperationOutcome::Unknown ||
                      (record.outcome == OperationOutcome::Unfinished && record.wasSent());
        m_wasDisturbed = m_wasDisturbed || record.wasDoubted || wasUnavailable(record);
    }
}

Finder::Finder(const QString& id, const QString& name)
    : m_result{.id = id, .name = name}
{
}

void Finder::violate(const Example& example)
{
    ++m_result.violations;
    m_result.validity = Validity::Invalid;
    keep(example);
}

void Finder::doubt(const Example& example)
{
    ++m_doubts;
    if (m_result.validity == Validity::Valid)
        m_result.validity = Validity::Unknown;
    keep(example);
}

/// The first ones, and in the last place the one with the most money in it.
void Finder::keep(const Example& example)
{
    const qint64 money = example.expected && example.found
                             ? std::abs(example.expected->value() - example.found->value())
                             : 0;
    if (m_result.examples.size() < maxExamples)
        m_result.examples.append(example);
    else if (money > m_worst)
        m_result.examples.last() = example;
    m_worst = std::max(m_worst, money);
}

} // namespace tallystick
