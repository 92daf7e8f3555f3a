// SPDX-License-Identifier: GPL-3.0-or-later
//! verify: proves the balance of one customer or of all.
#include "app/answers.h"
#include "app/commands.h"
#include "app/worstfindings.h"
#include "ledger/audit/chaincheck.h"
#include "ui/shared/format.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonArray>

#include <array>

namespace tallystick {

namespace {

/// A ledger that is wrong everywhere must not fill the memory; all are counted.
constexpr std::size_t mostFindingsListed = 10'000;

/// What was seen of all customers so far.
struct Audit
{
    qint64 usersChecked = 0;
    qint64 rowsChecked = 0;
    std::array<qint64, allProofs.size()> byProof{}; ///< customers
    qint64 harmful = 0;                             ///< findings
    qint64 wrong = 0; ///< the harmful ones but for what is merely unproved
    WorstFindings findings{mostFindingsListed};

    void add(const ChainVerdict& verdict)
    {
        ++usersChecked;
        rowsChecked += verdict.rowsChecked;
        ++byProof[std::size_t(verdict.proof)];
        for (const Finding& finding : verdict.findings) {
            const Weight weight = weightOf(finding.kind);
            harmful += weight == Weight::Harmless ? 0 : 1;
            wrong += weight == Weight::Wrong ? 1 : 0;
            findings.add(finding);
        }
    }
    [[nodiscard]] QString proof() const
    {
        for (const Proof proof : allProofs)
            if (byProof[std::size_t(proof)] == usersChecked)
                return nameOf(proof);
        return QStringLiteral("mixed");
    }
};

QJsonObject toJson(const Finding& finding)
{
    QJsonArray rows;
    for (const TransactionKey& key : finding.rows)
        rows.append(key.text());
    return {{QStringLiteral("user"), finding.user.text()},
            {QStringLiteral("finding"), nameOf(finding.kind)},
            {QStringLiteral("harmless"), isHarmless(finding.kind)},
            {QStringLiteral("rows"), rows},
            {QStringLiteral("credits"), finding.credits.value()},
            {QStringLiteral("sentence"), words::sentence(finding)}};
}

void print(Console& console, const Audit& audit, bool isComplete, bool json)
{
    if (json) {
        QJsonArray findings;
        for (const Finding& finding : audit.findings.ranked())
            findings.append(toJson(finding));
        console.print(document({{QStringLiteral("usersChecked"), audit.usersChecked},
                                {QStringLiteral("rowsChecked"), audit.rowsChecked},
                                {QStringLiteral("proof"), audit.proof()},
                                {QStringLiteral("complete"), isComplete},
                                {QStringLiteral("findingsNotListed"), audit.findings.dropped()},
                                {QStringLiteral("findings"), findings}}));
        return;
    }
    QList<QStringList> rows;
    for (const Finding& finding : audit.findings.ranked())
        rows << QStringList{finding.user.text(), nameOf(finding.kind),
                            QString::number(finding.credits.value()), words::sentence(finding)};
    if (!rows.isEmpty())
        console.print(textTable({{.title = QStringLiteral("customer")},
                                 {.title = QStringLiteral("finding")},
                                 {.title = QStringLiteral("credits"), .isNumber = true},
                                 {.title = QStringLiteral("what it means")}},
                                rows));
    if (audit.findings.dropped() > 0)
        console.print(
            QStringLiteral("… and %1 findings more").arg(format::count(audit.findings.dropped())));
    console.print(
        QStringLiteral("Customers checked: %1, rows: %2, proved by: %3. %4")
            .arg(format::count(audit.usersChecked), format::count(audit.rowsChecked), audit.proof(),
                 audit.harmful == 0
                     ? QStringLiteral("Every balance holds.")
                     : QStringLiteral("Findings: %1.").arg(format::count(audit.harmful))));
}

Outcome checkAll(Ledger& ledger, Audit& audit, const std::stop_token& stop, Console& console)
{
    QElapsedTimer sinceShown;
    sinceShown.start();
    return ledger.chains([&](Chain&& chain) {
        audit.add(checkChain(chain));
        constexpr qint64 paceMillis = 200;
        if (sinceShown.elapsed() >= paceMillis) {
            sinceShown.restart();
            console.progress(QStringLiteral("%1 customers, %2 rows, %3 findings")
                                 .arg(format::count(audit.usersChecked),
                                      format::count(audit.rowsChecked),
                                      format::count(audit.harmful)));
        }
        return !stop.stop_requested();
    });
}

Outcome checkOne(Ledger& ledger, const UserId& id, Audit& audit)
{
    const auto chain = ledger.chain(id);
    if (!chain)
        return chain.error();
    audit.add(checkChain(*chain));
    return Done{};
}

} // namespace

ExitCode runVerify(const VerifyOptions& options, Place& place, Console& console)
{
    const AnswerContext reading{.doing = words::Doing::Reading, .json = options.json, .facts = {}};
    const auto id = options.id ? UserId::from(*options.id) : std::nullopt;
    if (options.id && !id)
        return answerError(console, invalidId(*options.id), reading);
    const auto ledger =
        place.openReader(id ? Place::Patience::Limited : Place::Patience::Unlimited);
    if (!ledger)
        return answerError(console, ledger.error(), reading);

    const std::stop_token stop = place.stopToken();
    Audit audit;
    const Outcome checked =
        id ? checkOne(**ledger, *id, audit) : checkAll(**ledger, audit, stop, console);
    console.endProgress();
    if (!checked)
        return answerError(console, checked.error(), reading);
    const bool isComplete = !stop.stop_requested();
    print(console, audit, isComplete, options.json);
    if (!isComplete)
        console.say(QStringLiteral("Stopped before every customer was checked."));
    if (audit.wrong > 0)
        return ExitCode::Violated;
    return isComplete && audit.harmful == 0 ? ExitCode::Done : ExitCode::Unknown;
}

} // namespace tallystick
