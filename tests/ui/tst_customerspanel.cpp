// SPDX-License-Identifier: GPL-3.0-or-later
//! The customers' list: searched by typing, paged by scrolling, never stale.
#include "tests/support/fakeledger.h"
#include "ui/shared/banner.h"
#include "ui/shared/hairlinetable.h"
#include "ui/shared/skeleton.h"
#include "ui/shared/stateview.h"
#include "ui/users/customerspanel.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>

using namespace tallystick;

class TstCustomersPanel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void showsTheFirstPageAndReadsOnWhenScrolled();
    void findsByTyping();
    void enterOpensTheFirstHitEvenBeforeItIsThere();
    void enterOpensNobodyWhoWasNotAskedFor();
    void arrowsLeadFromTheBoxIntoTheListAndEnterOpens();
    void saysWhenNobodyIsFoundAndLeadsBack();
    void saysWhenThereIsNobodyAtAll();
    void anErrorOffersRetry();
    void anOlderAnswerIsDropped();
    void aSlowAnswerShowsASkeletonThenCancel();
    void aFastAnswerDoesNotFlicker();
    void keepsTheSelectionOverAReload();
    void flagsBalancesThatNeedALook();

private:
    [[nodiscard]] HairlineTable* table() const { return m_panel->table(); }
    [[nodiscard]] int rows() const { return table()->model()->rowCount(); }
    [[nodiscard]] QString cell(int row, int column, int role = Qt::DisplayRole) const
    {
        return table()->model()->index(row, column).data(role).toString();
    }
    void load();

    std::unique_ptr<FakeStore> m_store;
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<CustomersPanel> m_panel;
};

void TstCustomersPanel::init()
{
    m_store = std::make_unique<FakeStore>();
    for (int number = 0; number < 250; ++number) {
        const QString name = QStringLiteral("user%1").arg(number, 3, 10, QLatin1Char('0'));
        m_store->addUser(*UserId::from(name), name + QStringLiteral("@example.com"),
                         number == 7 ? QStringLiteral("O'Hara <script>") : name,
                         Credits::of(number));
    }
    m_desk = std::make_unique<Desk>(m_store->opener());
    m_panel = std::make_unique<CustomersPanel>(*m_desk);
    new QAbstractItemModelTester(
        table()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_panel.get());
    m_panel->resize(340, 600);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

void TstCustomersPanel::cleanup()
{
    m_panel.reset();
    m_desk.reset();
}

void TstCustomersPanel::load()
{
    m_panel->reload();
    QTRY_COMPARE(m_panel->states()->state(), StateView::State::Content);
    QTRY_VERIFY(rows() > 0);
}

void TstCustomersPanel::showsTheFirstPageAndReadsOnWhenScrolled()
{
    load();
    QCOMPARE(rows(), 100);
    for (int page = 0; page < 4; ++page) {
        table()->verticalScrollBar()->setValue(table()->verticalScrollBar()->maximum());
        QTest::qWait(40);
    }
    QTRY_COMPARE(rows(), 250);
    QSet<QString> mails;
    for (int row = 0; row < rows(); ++row)
        mails << cell(row, CustomersModel::Customer);
    QCOMPARE(mails.size(), 250);
    const int callsSoFar = m_store->calls();
    table()->verticalScrollBar()->setValue(0);
    table()->verticalScrollBar()->setValue(table()->verticalScrollBar()->maximum());
    QTest::qWait(60);
    QCOMPARE(m_store->calls(), callsSoFar); // the last page said that it was the last
}

void TstCustomersPanel::findsByTyping()
{
    load();
    QTest::keyClicks(m_panel->searchBox(), QStringLiteral("user12"));
    QTRY_COMPARE(rows(), 10);
    QTest::keyClicks(m_panel->searchBox(), QStringLiteral("3"));
    QTRY_COMPARE(rows(), 1);
    QCOMPARE(cell(0, CustomersModel::Customer), QStringLiteral("user123@example.com"));
    QCOMPARE(cell(0, CustomersModel::Balance), QStringLiteral("1.23"));
    QTest::keyClick(m_panel->searchBox(), Qt::Key_Escape);
    QVERIFY(m_panel->searchBox()->text().isEmpty());
    QTRY_COMPARE(rows(), 100);
    QTest::keyClicks(m_panel->searchBox(), QStringLiteral("o'hara <"));
    QTRY_COMPARE(rows(), 1);
}

void TstCustomersPanel::enterOpensTheFirstHitEvenBeforeItIsThere()
{
    QSignalSpy chosen(m_panel.get(), &CustomersPanel::customerChosen);
    load();
    m_store->delayCalls(80);
    QTest::keyClicks(m_panel->searchBox(), QStringLiteral("user042"));
    QTest::keyClick(m_panel->searchBox(), Qt::Key_Return);
    QTRY_COMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().first().value<User>().id.text(), QStringLiteral("user042"));
}

void TstCustomersPanel::enterOpensNobodyWhoWasNotAskedFor()
{
    QSignalSpy chosen(m_panel.get(), &CustomersPanel::customerChosen);
    load();
    QApplication::setActiveWindow(m_panel.get());
    m_panel->focusSearch();
    m_store->failNext({.failure = {.kind = Failure::Kind::TimedOut}});
    QTest::keyClicks(m_panel->searchBox(), QStringLiteral("user042"));
    QTRY_COMPARE(m_panel->states()->state(), StateView::State::Failed);
    QTest::keyClick(m_panel->searchBox(), Qt::Key_Return);
    QTest::keyClick(m_panel->searchBox(), Qt::Key_Down);
    QCOMPARE(QApplication::focusWidget(), m_panel->searchBox());
    QCOMPARE(rows(), 0);
    // Enter on a question that then fails does not wait for the next one.
    m_store->failNext({.failure = {.kind = Failure::Kind::TimedOut}});
    QTest::keyClicks(m_panel->searchBox(), QStringLiteral("x"));
    QTest::keyClick(m_panel->searchBox(), Qt::Key_Return);
    QTRY_COMPARE(m_panel->states()->state(), StateView::State::Failed);
    QTest::keyClick(m_panel->searchBox(), Qt::Key_Escape);
    QTRY_COMPARE(rows(), 100);
    // Nor does Down, typed over a list that answers something else, lead into it.
    QTest::keyClicks(m_panel->searchBox(), QStringLiteral("user0"));
    QTest::keyClick(m_panel->searchBox(), Qt::Key_Down);
    QCOMPARE(QApplication::focusWidget(), m_panel->searchBox());
    QTest::qWait(200);
    QCOMPARE(chosen.count(), 0);
}

void TstCustomersPanel::arrowsLeadFromTheBoxIntoTheListAndEnterOpens()
{
    QSignalSpy chosen(m_panel.get(), &CustomersPanel::customerChosen);
    load();
    QApplication::setActiveWindow(m_panel.get());
    m_panel->focusSearch();
    QTRY_COMPARE(QApplication::focusWidget(), m_panel->searchBox());
    QTest::keyClick(m_panel->searchBox(), Qt::Key_Down);
    QTRY_COMPARE(QApplication::focusWidget(), table());
    QTest::keyClick(table(), Qt::Key_Down);
    QTest::keyClick(table(), Qt::Key_Down);
    QCOMPARE(chosen.count(), 0); // moving opens nothing
    QTest::keyClick(table(), Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().first().value<User>().id.text(), QStringLiteral("user002"));
}

void TstCustomersPanel::saysWhenNobodyIsFoundAndLeadsBack()
{
    load();
    QTest::keyClicks(m_panel->searchBox(), QStringLiteral("nobody"));
    QTRY_COMPARE(m_panel->states()->state(), StateView::State::Empty);
    auto* clear = m_panel->findChild<QPushButton*>(QStringLiteral("emptyAction"));
    QVERIFY(clear->isVisible());
    QTest::mouseClick(clear, Qt::LeftButton);
    QTRY_COMPARE(m_panel->states()->state(), StateView::State::Content);
    QCOMPARE(rows(), 100);
}

void TstCustomersPanel::saysWhenThereIsNobodyAtAll()
{
    FakeStore empty;
    Desk desk(empty.opener());
    CustomersPanel panel(desk);
    panel.show();
    panel.reload();
    QTRY_COMPARE(panel.states()->state(), StateView::State::Empty);
    QVERIFY(!panel.findChild<QPushButton*>(QStringLiteral("emptyAction"))->isVisible());
}

void TstCustomersPanel::anErrorOffersRetry()
{
    m_store->failOpening(Failure{.kind = Failure::Kind::Unreachable,
                                 .sqlState = QStringLiteral("08006"),
                                 .text = QStringLiteral("refused")});
    m_panel->reload();
    QTRY_COMPARE(m_panel->states()->state(), StateView::State::Failed);
    QVERIFY(m_panel->states()->banner()->text().contains(QStringLiteral("cannot be reached")));
    // The server's words are folded.
    auto* technical = m_panel->findChild<QWidget*>(QStringLiteral("bannerTechnical"));
    QVERIFY(!technical->isVisible());
    m_store->failOpening({});
    QTest::mouseClick(m_panel->states()->banner()->actionButton(), Qt::LeftButton);
    QTRY_COMPARE(m_panel->states()->state(), StateView::State::Content);
    QCOMPARE(rows(), 100);
}

void TstCustomersPanel::anOlderAnswerIsDropped()
{
    load();
    m_store->delayCalls(150);
    m_panel->search(QStringLiteral("user001"));
    QTest::qWait(30); // it is being answered
    m_panel->search(QStringLiteral("user002"));
    QSignalSpy shown(m_panel.get(), &CustomersPanel::firstPageShown);
    QTRY_COMPARE(shown.count(), 1);
    QCOMPARE(cell(0, CustomersModel::Customer), QStringLiteral("user002@example.com"));
    QTest::qWait(250);
    QCOMPARE(shown.count(), 1);
}

void TstCustomersPanel::aSlowAnswerShowsASkeletonThenCancel()
{
    load();
    auto* skeleton = m_panel->findChild<Skeleton*>();
    auto* cancel = m_panel->findChild<QPushButton*>(QStringLiteral("cancelLoading"));
    m_store->delayCalls(1600);
    m_panel->search(QStringLiteral("user00"));
    QVERIFY(!skeleton->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(skeleton->isVisible(), 600);
    QVERIFY(!cancel->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(cancel->isVisible(), 1300);
    QTest::mouseClick(cancel, Qt::LeftButton);
    QCOMPARE(m_panel->states()->state(), StateView::State::Failed);
    QCOMPARE(rows(), 0); // what was shown before answers something else
    QTest::qWait(800);
    QCOMPARE(rows(), 0); // and the answer is not wanted any more
}

void TstCustomersPanel::aFastAnswerDoesNotFlicker()
{
    load();
    auto* skeleton = m_panel->findChild<Skeleton*>();
    QSignalSpy switched(m_panel->states(), &QStackedWidget::currentChanged);
    m_panel->search(QStringLiteral("user00"));
    QTRY_COMPARE(rows(), 10);
    QVERIFY(!skeleton->isVisible());
    QCOMPARE(switched.count(), 0);
}

void TstCustomersPanel::keepsTheSelectionOverAReload()
{
    load();
    table()->selectRow(5);
    m_store->addUser(*UserId::from(QStringLiteral("aaa")), QStringLiteral("aaa@example.com"), {});
    m_panel->reload();
    QTRY_COMPARE(cell(0, CustomersModel::Customer), QStringLiteral("aaa@example.com"));
    QCOMPARE(table()->currentIndex().row(), 6);
}

void TstCustomersPanel::flagsBalancesThatNeedALook()
{
    const UserId id = *UserId::from(QStringLiteral("user001"));
    FakeAccount account = m_store->account(id);
    account.balance = Credits::of(-5);
    m_store->setAccount(id, account);
    const UserId rowless = *UserId::from(QStringLiteral("user002"));
    account = m_store->account(rowless);
    account.hasBalanceRow = false;
    m_store->setAccount(rowless, account);
    load();
    QCOMPARE(cell(1, CustomersModel::Customer, FlagRole), QStringLiteral("Negative"));
    QCOMPARE(cell(1, CustomersModel::Balance), QStringLiteral("−0.05"));
    QCOMPARE(cell(2, CustomersModel::Customer, FlagRole), QStringLiteral("No balance row"));
    QVERIFY(cell(3, CustomersModel::Customer, FlagRole).isEmpty());
}

QTEST_MAIN(TstCustomersPanel)
#include "tst_customerspanel.moc"
