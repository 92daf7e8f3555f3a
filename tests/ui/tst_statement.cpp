// SPDX-License-Identifier: GPL-3.0-or-later
//! A customer's statement: every row as it stands, filtered, paged, marked where it is wrong.
#include "tests/support/fakeledger.h"
#include "ui/history/metadataview.h"
#include "ui/history/statementpanel.h"
#include "ui/history/transactiondetails.h"
#include "ui/shared/hairlinetable.h"
#include "ui/shared/label.h"
#include "ui/shared/stateview.h"
#include "ui/shared/styledraw.h"

#include <QtCore/QJsonDocument>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QTreeWidget>

using namespace tallystick;

namespace {

const UserId ann = *UserId::from(QStringLiteral("ann"));
constexpr qint64 dayMicros = 86'400'000'000;
/// 2026-01-01 00:00 UTC
const Instant newYear{1'767'225'600'000'000};

Transaction row(int number, qint64 cents, qint64 balance)
{
    return {
        .key = *TransactionKey::from(QStringLiteral("key-%1").arg(number, 4, 10, QLatin1Char('0'))),
        .user = ann,
        .createdAt = Instant{newYear.micros + number * dayMicros / 4},
        .amount = Credits::of(cents),
        .type = cents > 0 ? TransactionType::TopUp : TransactionType::Usage,
        .typeLabel = cents > 0 ? QStringLiteral("TOP_UP") : QStringLiteral("USAGE"),
        .runningBalance = Credits::of(balance),
        .sequence = number};
}

} // namespace

class TstStatement : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void showsNewestFirstAndReadsOnWhenScrolled();
    void filtersByTypeAndPending();
    void filtersByDays();
    void halfADateAsksNothingAndAWrongOneIsMarked();
    void anEmptyFilterSaysSoAndCanBeCleared();
    void aPendingRowLooksPending();
    void aClampedRowSaysWhatWasRequested();
    void aWrongRowIsMarkedWithItsSentence();
    void amountsAreNeverCut();
    void selectingARowShowsAllOfIt();
    void rawMetadataKeepsBigIntegersExact();
    void indentsWithoutTouchingTokens_data();
    void indentsWithoutTouchingTokens();

private:
    [[nodiscard]] HairlineTable* table() const { return m_panel->table(); }
    [[nodiscard]] int rows() const { return table()->model()->rowCount(); }
    [[nodiscard]] QVariant cell(int at, int column, int role = Qt::DisplayRole) const
    {
        return table()->model()->index(at, column).data(role);
    }
    void load();
    void change(const std::function<void(QList<Transaction>&)>& edit);

    std::unique_ptr<FakeStore> m_store;
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<StatementPanel> m_panel;
};

void TstStatement::init()
{
    m_store = std::make_unique<FakeStore>();
    m_store->addUser(ann, QStringLiteral("ann@example.com"), {});
    change([](QList<Transaction>& all) {
        all.append(row(1, 100'000, 100'000));
        for (int number = 2; number <= 450; ++number)
            all.append(row(number, -1, 100'001 - number));
    });
    m_desk = std::make_unique<Desk>(m_store->opener());
    m_panel = std::make_unique<StatementPanel>(*m_desk, ann);
    new QAbstractItemModelTester(
        table()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_panel.get());
    m_panel->resize(900, 600);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

void TstStatement::cleanup()
{
    m_panel.reset();
    m_desk.reset();
}

void TstStatement::load()
{
    QSignalSpy shown(m_panel.get(), &StatementPanel::firstPageShown);
    m_panel->reload();
    QTRY_COMPARE(shown.count(), 1);
}

void TstStatement::change(const std::function<void(QList<Transaction>&)>& edit)
{
    FakeAccount account = m_store->account(ann);
    edit(account.rows);
    m_store->setAccount(ann, account);
}

void TstStatement::showsNewestFirstAndReadsOnWhenScrolled()
{
    load();
    QCOMPARE(rows(), 200);
    QCOMPARE(cell(0, StatementModel::Key).toString(), QStringLiteral("key-0450"));
    QCOMPARE(cell(0, StatementModel::Amount).toString(), QStringLiteral("−0.01"));
    QCOMPARE(cell(0, StatementModel::Balance).toString(), QStringLiteral("995.51"));
    for (int page = 0; page < 4; ++page) {
        table()->verticalScrollBar()->setValue(table()->verticalScrollBar()->maximum());
        QTest::qWait(40);
    }
    QTRY_COMPARE(rows(), 450);
    for (int at = 0; at < 450; ++at)
        QCOMPARE(m_panel->model()->rowAt(at).sequence, 450 - at);
    QCOMPARE(cell(449, StatementModel::Amount).toString(), QStringLiteral("+1,000.00"));
}

void TstStatement::filtersByTypeAndPending()
{
    change([](QList<Transaction>& all) {
        Transaction pending = row(500, 5'000, 0);
        pending.active = false;
        pending.sequence.reset();
        all.append(pending);
    });
    load();
    auto* type = m_panel->findChild<QComboBox*>(QStringLiteral("statementType"));
    type->setFocus();
    QTest::keyClicks(type, QStringLiteral("Top"));
    QCOMPARE(type->currentText(), QStringLiteral("Top-up"));
    QTRY_COMPARE(rows(), 2);
    QTest::keyClick(type, Qt::Key_End);
    QCOMPARE(type->currentText(), QStringLiteral("Pending only"));
    QTRY_COMPARE(rows(), 1);
    QTest::keyClick(type, Qt::Key_Home);
    QTRY_COMPARE(rows(), 200);
}

void TstStatement::filtersByDays()
{
    load();
    auto* from = m_panel->findChild<QLineEdit*>(QStringLiteral("statementFrom"));
    auto* until = m_panel->findChild<QLineEdit*>(QStringLiteral("statementUntil"));
    QTest::keyClicks(from, QStringLiteral("2026-01-03"));
    QTest::keyClicks(until, QStringLiteral("2026-01-04"));
    // Four rows a day; both days named are shown whole.
    QTRY_COMPARE(rows(), 8);
    QCOMPARE(cell(7, StatementModel::Time).toString(), QStringLiteral("2026-01-03 00:00:00"));
    QCOMPARE(cell(0, StatementModel::Time).toString(), QStringLiteral("2026-01-04 18:00:00"));
}

void TstStatement::halfADateAsksNothingAndAWrongOneIsMarked()
{
    load();
    const int calls = m_store->calls();
    auto* from = m_panel->findChild<QLineEdit*>(QStringLiteral("statementFrom"));
    QTest::keyClicks(from, QStringLiteral("2026-02"));
    QVERIFY(!from->property(styledraw::invalidProperty).toBool());
    const auto* problem = m_panel->findChild<QWidget*>(QStringLiteral("statementDateProblem"));
    QVERIFY(!problem->isVisible());
    QTest::keyClicks(from, QStringLiteral("-31"));
    QVERIFY(from->property(styledraw::invalidProperty).toBool());
    QVERIFY(problem->isVisible()); // a word beside the colour
    QTest::qWait(50);
    QCOMPARE(m_store->calls(), calls);
    // Half a date is one when the field is left.
    from->clear();
    QVERIFY(!problem->isVisible());
    QTest::keyClicks(from, QStringLiteral("2026"));
    QVERIFY(!problem->isVisible());
    QTest::keyClick(from, Qt::Key_Return);
    QVERIFY(problem->isVisible());
}

void TstStatement::amountsAreNeverCut()
{
    const auto isWhole = [this](int at, int column) {
        return table()->columnWidth(column) >=
               table()->sizeHintForIndex(table()->model()->index(at, column)).width();
    };
    change([](QList<Transaction>& all) {
        all[all.size() - 1].amount = Credits::of(2'147'483'647);
        all[all.size() - 1].runningBalance = Credits::of(-214'748'364'700);
        all[all.size() - 250].amount = Credits::of(-2'147'483'647'000); // on the next page
    });
    m_panel->resize(520, 600);
    load();
    QVERIFY(isWhole(0, StatementModel::Amount));
    QVERIFY(isWhole(0, StatementModel::Balance));
    table()->scrollToBottom();
    QTRY_COMPARE(rows(), 400);
    QVERIFY(isWhole(249, StatementModel::Amount));
}

void TstStatement::anEmptyFilterSaysSoAndCanBeCleared()
{
    load();
    auto* from = m_panel->findChild<QLineEdit*>(QStringLiteral("statementFrom"));
    QTest::keyClicks(from, QStringLiteral("2031-01-01"));
    QTRY_COMPARE(m_panel->states()->state(), StateView::State::Empty);
    QTest::mouseClick(m_panel->findChild<QPushButton*>(QStringLiteral("emptyAction")),
                      Qt::LeftButton);
    QTRY_COMPARE(m_panel->states()->state(), StateView::State::Content);
    QCOMPARE(rows(), 200);
}

void TstStatement::aPendingRowLooksPending()
{
    change([](QList<Transaction>& all) {
        Transaction pending = row(600, 5'000, 99'551);
        pending.active = false;
        all.append(pending);
    });
    load();
    QCOMPARE(cell(0, StatementModel::Type).toString(), QStringLiteral("Top-up · pending"));
    QVERIFY(cell(0, StatementModel::Type, HollowRole).toBool());
    QVERIFY(cell(0, StatementModel::Amount, Qt::FontRole).value<QFont>().italic());
    QCOMPARE(cell(0, StatementModel::Balance).toString(), QStringLiteral("–"));
}

void TstStatement::aClampedRowSaysWhatWasRequested()
{
    change([](QList<Transaction>& all) {
        Transaction clamped = row(600, 300, 99'851);
        clamped.requested = Credits::of(800);
        clamped.metadata = {{QStringLiteral("reason"), QStringLiteral("goodwill")}};
        all.append(clamped);
    });
    load();
    QCOMPARE(cell(0, StatementModel::What).toString(),
             QStringLiteral("goodwill · +8.00 requested"));
}

void TstStatement::aWrongRowIsMarkedWithItsSentence()
{
    load();
    const Finding fork{.kind = FindingKind::Fork,
                       .user = ann,
                       .rows = {*TransactionKey::from(QStringLiteral("key-0449"))},
                       .credits = Credits::of(345)};
    Finding harmless{.kind = FindingKind::OutOfClockOrder,
                     .user = ann,
                     .rows = {*TransactionKey::from(QStringLiteral("key-0448"))}};
    m_panel->setFindings({fork, harmless});
    QVERIFY(cell(1, StatementModel::Balance, MarkRole).isValid());
    QVERIFY(cell(1, StatementModel::Balance, Qt::ToolTipRole)
                .toString()
                .contains(QStringLiteral("$3.45")));
    QVERIFY(!cell(2, StatementModel::Balance, MarkRole).isValid());
    QVERIFY(!cell(1, StatementModel::Amount, MarkRole).isValid());
    Finding arithmetic = fork;
    arithmetic.kind = FindingKind::Arithmetic;
    m_panel->setFindings({arithmetic});
    QVERIFY(cell(1, StatementModel::Amount, MarkRole).isValid());
    QVERIFY(!cell(1, StatementModel::Balance, MarkRole).isValid());
    Finding clock = fork;
    clock.kind = FindingKind::Clock;
    m_panel->setFindings({clock});
    QVERIFY(cell(1, StatementModel::Time, MarkRole).isValid());
    QVERIFY(!cell(1, StatementModel::Balance, MarkRole).isValid());
    m_panel->setFindings({});
    QVERIFY(!cell(1, StatementModel::Balance, MarkRole).isValid());
    QVERIFY(m_panel->showRow(*TransactionKey::from(QStringLiteral("key-0300"))));
    QCOMPARE(table()->currentIndex().row(), 150);
    QVERIFY(!m_panel->showRow(*TransactionKey::from(QStringLiteral("key-0001"))));
}

void TstStatement::selectingARowShowsAllOfIt()
{
    load();
    TransactionDetails details;
    details.show();
    connect(m_panel.get(), &StatementPanel::rowSelected, &details,
            qOverload<const Transaction&>(&TransactionDetails::show));
    table()->setFocus();
    table()->selectRow(0);
    QTest::keyClick(table(), Qt::Key_Down);
    QCOMPARE(details.findChild<Label*>(QStringLiteral("detailsAmount"))->text(),
             QStringLiteral("−0.01"));
    QStringList texts;
    for (const Label* label : details.findChildren<Label*>())
        texts << label->text();
    QVERIFY(texts.contains(QStringLiteral("key-0449")));
    QVERIFY(texts.contains(QStringLiteral("449")));
    QVERIFY(texts.contains(QStringLiteral("Balance 995.53 → 995.52")));
}

void TstStatement::rawMetadataKeepsBigIntegersExact()
{
    MetadataView view;
    view.show();
    const QByteArray text = R"({"big": 9007199254740993, "huge": 123456789012345678901234567890,)"
                            R"( "nested": {"list": [1, true, null, "a\"b"]}})";
    view.show(QJsonDocument::fromJson(text).object(), text);
    auto* tree = view.findChild<QTreeWidget*>(QStringLiteral("metadataTree"));
    QCOMPARE(tree->topLevelItemCount(), 3);
    QCOMPARE(tree->topLevelItem(0)->text(1), QStringLiteral("9007199254740993"));
    QTreeWidgetItem* list = tree->topLevelItem(2)->child(0);
    QCOMPARE(list->childCount(), 4);
    QCOMPARE(list->child(3)->text(1), QStringLiteral("a\"b"));
    QTest::mouseClick(view.findChild<QToolButton*>(QStringLiteral("metadataAsRaw")),
                      Qt::LeftButton);
    auto* raw = view.findChild<QPlainTextEdit*>(QStringLiteral("metadataRaw"));
    QVERIFY(raw->isVisible());
    QVERIFY(raw->toPlainText().contains(QStringLiteral("9007199254740993")));
    QVERIFY(raw->toPlainText().contains(QStringLiteral("123456789012345678901234567890")));
}

void TstStatement::indentsWithoutTouchingTokens_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("lines");
    QTest::newRow("flat") << R"({"a":1,"b":"x, y: {z}"})"
                          << "{\n  \"a\": 1,\n  \"b\": \"x, y: {z}\"\n}";
    QTest::newRow("escapes") << R"({"a":"q\"}\\"})"
                             << "{\n  \"a\": \"q\\\"}\\\\\"\n}";
    QTest::newRow("cut off") << R"({"a)"
                             << "{\n  \"a";
    QTest::newRow("empty") << ""
                           << "";
}

void TstStatement::indentsWithoutTouchingTokens()
{
    QFETCH(QString, json);
    QTEST(indented(json), "lines");
}

QTEST_MAIN(TstStatement)
#include "tst_statement.moc"
