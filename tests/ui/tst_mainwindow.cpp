// SPDX-License-Identifier: GPL-3.0-or-later
//! The window as a person drives it: keys, tabs, proof, forms, theme; and what a screen reader
//! gets.
#include "tests/support/fakeledger.h"
#include "tests/ui/hookedledger.h"
#include "ui/history/customerpage.h"
#include "ui/history/statementpanel.h"
#include "ui/mainwindow.h"
#include "ui/posting/postingpanel.h"
#include "ui/shared/badge.h"
#include "ui/shared/banner.h"
#include "ui/shared/chip.h"
#include "ui/shared/hairlinetable.h"
#include "ui/shared/label.h"
#include "ui/shared/stateview.h"
#include "ui/stress/stresspanel.h"
#include "ui/users/customerspage.h"
#include "ui/users/customerspanel.h"

#include <QtGui/QAccessible>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>

using namespace tallystick;

namespace {

const UserId ann = *UserId::from(QStringLiteral("ann"));

} // namespace

class TstMainWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void findsACustomerAndTopsUpWithTheKeyboard();
    void showsTheProofAndWhereItFails();
    void f7VerifiesAgain();
    void aSlowVerificationCanBeCancelled();
    void ctrlFLeadsToTheSearch();
    void escapeClosesTheFormFromTheStatementToo();
    void f5ReadsEverythingAgain();
    void numbersLeadFromViewToView();
    void aCustomerHasOneTabAndTabsClose();
    void opensACustomerFromALink();
    void anUnknownCustomerIsSaid();
    void theBarSaysWhereOneIsAndWhatIsAllowed();
    void aDeadSessionIsReplacedUnseen();
    void aWrittenPostingIsNeverCalledNothing();
    void theKeyThatPostedDoesNotDismissTheReceipt();
    void aReadOnlyPlaceOffersNoPosting();
    void aWindowDoesNotCloseOverAPosting();
    void switchesTheThemeWhileRunning();
    void everythingFocusableHasAName();
    void staysUsableWhenSmall();

private:
    void openWindow(const Services& services);
    [[nodiscard]] Services services();
    CustomerPage* openAnn();
    void postOne(CustomerPage* page);
    template <class T>
    [[nodiscard]] T* find(const char* name) const
    {
        return m_window->findChild<T*>(QLatin1String(name));
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(m_window->windowHandle(), Qt::Key(key), modifiers);
    }

    std::unique_ptr<FakeStore> m_store;
    std::function<void()> m_beforePost;
    std::function<void()> m_afterPost;
    std::unique_ptr<MainWindow> m_window;
};

void TstMainWindow::initTestCase()
{
    theme::apply(*qobject_cast<QApplication*>(QCoreApplication::instance()), theme::Scheme::Light);
}

void TstMainWindow::init()
{
    m_beforePost = [] {};
    m_afterPost = [] {};
    m_store = std::make_unique<FakeStore>();
    m_store->addUser(ann, QStringLiteral("ann@example.com"), QStringLiteral("Ann"),
                     Credits::of(700));
    m_store->addUser(*UserId::from(QStringLiteral("bob")), QStringLiteral("bob@example.com"), {},
                     Credits::of(5));
    openWindow(services());
}

void TstMainWindow::cleanup()
{
    m_window.reset();
}

Services TstMainWindow::services()
{
    return {
        .reader = m_store->opener(),
        .writer = [this](Way) -> Result<std::unique_ptr<Ledger>> {
            auto inner = m_store->opener()();
            if (!inner)
                return inner.error();
            return std::unique_ptr<Ledger>(new HookedLedger(
                std::move(inner).value(), [this] { m_beforePost(); }, [this] { m_afterPost(); }));
        },
        .placeName = QStringLiteral("lab"),
        .operatorName = QStringLiteral("robin"),
        .environment = EnvironmentClass::Lab};
}

void TstMainWindow::openWindow(const Services& services)
{
    m_window = std::make_unique<MainWindow>(services);
    m_window->resize(1400, 900);
    m_window->show();
    QApplication::setActiveWindow(m_window.get());
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

CustomerPage* TstMainWindow::openAnn()
{
    m_window->openCustomer(ann);
    CustomerPage* page = m_window->customers()->current();
    const bool isShown = QTest::qWaitFor([page] {
        return page->verdict() && !page->user().email.isEmpty() &&
               page->statement()->table()->model()->rowCount() > 0;
    });
    Q_ASSERT(isShown);
    return page;
}

void TstMainWindow::findsACustomerAndTopsUpWithTheKeyboard()
{
    QTRY_COMPARE(m_window->customers()->list()->table()->model()->rowCount(), 2);
    press(Qt::Key_K, Qt::ControlModifier);
    auto* search = m_window->customers()->list()->searchBox();
    QTRY_COMPARE(QApplication::focusWidget(), search);
    QTest::keyClicks(search, QStringLiteral("ann@"));
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_VERIFY(m_window->customers()->current());
    CustomerPage* page = m_window->customers()->current();
    auto* topUp = page->findChild<QPushButton*>(QStringLiteral("action-top-up"));
    QTRY_VERIFY(topUp->isEnabled());
    QTRY_COMPARE(m_window->windowTitle(),
                 QStringLiteral("ann@example.com – lab [LAB] – Tallystick"));
    topUp->setFocus();
    QTest::keyClick(topUp, Qt::Key_Space);
    QTRY_COMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("postingAmount"));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("8"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("10"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("goodwill"));
    auto* submit = page->findChild<QPushButton*>(QStringLiteral("postingSubmit"));
    QTRY_COMPARE(submit->text(), QStringLiteral("Add 3.00 to ann@example.com"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(page->findChild<Label*>(QStringLiteral("customerBalance"))->text(),
                 QStringLiteral("$10.00"));
    QTRY_COMPARE(page->statement()->table()->model()->rowCount(), 2);
    // The list has learnt of it too.
    QTRY_COMPARE(m_window->customers()->list()->table()->model()->index(0, 1).data().toString(),
                 QStringLiteral("10.00"));
}

void TstMainWindow::showsTheProofAndWhereItFails()
{
    CustomerPage* page = openAnn();
    auto* badge = page->findChild<Badge*>(QStringLiteral("verificationBadge"));
    QTRY_COMPARE(badge->text(), QStringLiteral("Verified"));
    QVERIFY(!page->findChild<QWidget*>(QStringLiteral("findings"))->isVisible());
    FakeAccount account = m_store->account(ann);
    account.rows.last().amount = Credits::of(500);
    m_store->setAccount(ann, account);
    QTest::mouseClick(badge, Qt::LeftButton);
    QTRY_VERIFY(badge->text().startsWith(QStringLiteral("Not verified")));
    QVERIFY(page->findChild<QWidget*>(QStringLiteral("findings"))->isVisible());
    page->statement()->table()->clearSelection();
    QTest::mouseClick(page->findChild<QPushButton*>(QStringLiteral("showFindingRow")),
                      Qt::LeftButton);
    QCOMPARE(page->statement()->table()->selectionModel()->selectedRows().size(), 1);
}

void TstMainWindow::f7VerifiesAgain()
{
    CustomerPage* page = openAnn();
    QSignalSpy verified(page, &CustomerPage::verified);
    press(Qt::Key_F7);
    QTRY_COMPARE(verified.count(), 1);
}

void TstMainWindow::aSlowVerificationCanBeCancelled()
{
    CustomerPage* page = openAnn();
    auto* cancel = find<QPushButton>("cancelVerification");
    auto* badge = page->findChild<Badge*>(QStringLiteral("verificationBadge"));
    QVERIFY(!cancel->isVisible());
    QSignalSpy verified(page, &CustomerPage::verified);
    m_store->delayCalls(2500);
    press(Qt::Key_F7);
    QVERIFY(!cancel->isVisible()); // what is quick does not flicker
    QTRY_VERIFY_WITH_TIMEOUT(cancel->isVisible(), 1800);
    QTRY_VERIFY_WITH_TIMEOUT(badge->text().contains(QStringLiteral("2 s")), 1800);
    cancel->setFocus();
    QTest::keyClick(cancel, Qt::Key_Space);
    QCOMPARE(badge->text(), QStringLiteral("Verification cancelled"));
    QVERIFY(!cancel->isVisible());
    QVERIFY(badge->hasFocus());
    QVERIFY(!page->verdict());
    m_store->delayCalls(0);
    QTest::qWait(1200); // the answer comes, and is not wanted any more
    QCOMPARE(verified.count(), 0);
    QCOMPARE(badge->text(), QStringLiteral("Verification cancelled"));
    QTest::keyClick(badge, Qt::Key_Space);
    QTRY_COMPARE(badge->text(), QStringLiteral("Verified"));
}

void TstMainWindow::ctrlFLeadsToTheSearch()
{
    CustomerPage* page = openAnn();
    page->statement()->table()->setFocus();
    press(Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(find<QLineEdit>("customersSearch")->hasFocus());
}

void TstMainWindow::escapeClosesTheFormFromTheStatementToo()
{
    CustomerPage* page = openAnn();
    page->openForm(PostingKind::TopUp);
    QVERIFY(page->posting()->isVisible());
    page->statement()->table()->setFocus();
    QTest::keyClick(page->statement()->table(), Qt::Key_Escape);
    QTRY_VERIFY(!page->posting()->isVisible());
    QVERIFY(!page->posting()->form());
}

void TstMainWindow::f5ReadsEverythingAgain()
{
    CustomerPage* page = openAnn();
    FakeAccount account = m_store->account(ann);
    account.balance = Credits::of(12345);
    m_store->setAccount(ann, account);
    m_store->addUser(*UserId::from(QStringLiteral("cara")), QStringLiteral("cara@example.com"), {});
    press(Qt::Key_F5);
    QTRY_COMPARE(page->findChild<Label*>(QStringLiteral("customerBalance"))->text(),
                 QStringLiteral("$123.45"));
    QTRY_COMPARE(m_window->customers()->list()->table()->model()->rowCount(), 3);
}

void TstMainWindow::numbersLeadFromViewToView()
{
    press(Qt::Key_2, Qt::ControlModifier);
    QTRY_VERIFY(m_window->stress()->isVisible());
    QVERIFY(!m_window->customers()->isVisible());
    QVERIFY(m_window->windowTitle().startsWith(QStringLiteral("Stress")));
    QVERIFY(find<QToolButton>("railStress")->isChecked());
    press(Qt::Key_1, Qt::ControlModifier);
    QTRY_VERIFY(m_window->customers()->isVisible());
    QTest::mouseClick(find<QToolButton>("railStress"), Qt::LeftButton);
    QTRY_VERIFY(m_window->stress()->isVisible());
    press(Qt::Key_K, Qt::ControlModifier);
    QTRY_VERIFY(m_window->customers()->isVisible());
}

void TstMainWindow::aCustomerHasOneTabAndTabsClose()
{
    CustomerPage* page = openAnn();
    auto* tabs = find<QTabWidget>("customerTabs");
    m_window->openCustomer(ann);
    QCOMPARE(tabs->count(), 1);
    QCOMPARE(m_window->customers()->current(), page);
    m_window->openCustomer(*UserId::from(QStringLiteral("bob")));
    QCOMPARE(tabs->count(), 2);
    QTRY_COMPARE(tabs->tabText(1), QStringLiteral("bob@example.com"));
    press(Qt::Key_W, Qt::ControlModifier);
    QTRY_COMPARE(tabs->count(), 1);
    press(Qt::Key_W, Qt::ControlModifier);
    QTRY_COMPARE(tabs->count(), 0);
    QVERIFY(!m_window->customers()->current());
    // A limit to everything: the oldest go.
    for (int number = 0; number < 20; ++number) {
        const UserId id = *UserId::from(QStringLiteral("u%1").arg(number));
        m_store->addUser(id, id.text() + QStringLiteral("@example.com"), {});
        m_window->openCustomer(id);
    }
    QCOMPARE(tabs->count(), 12);
}

void TstMainWindow::opensACustomerFromALink()
{
    CustomerPage* page = openAnn();
    QCOMPARE(page->user().email, QStringLiteral("ann@example.com"));
}

void TstMainWindow::anUnknownCustomerIsSaid()
{
    m_window->openCustomer(*UserId::from(QStringLiteral("nobody")));
    auto* banner = m_window->customers()->current()->findChild<Banner*>();
    QTRY_VERIFY(banner->isVisible());
    QVERIFY(banner->text().contains(QStringLiteral("User nobody not found")));
    QVERIFY(!m_window->customers()
                 ->current()
                 ->findChild<QPushButton*>(QStringLiteral("action-top-up"))
                 ->isEnabled());
}

void TstMainWindow::theBarSaysWhereOneIsAndWhatIsAllowed()
{
    auto* rights = find<Chip>("environmentRights");
    QTRY_COMPARE(rights->text(), QStringLiteral("read-write"));
    m_store->makeReadOnly(true);
    press(Qt::Key_F5);
    QTRY_COMPARE(rights->text(), QStringLiteral("read-only"));
    QVERIFY(!find<Label>("environmentDatabase")->text().isEmpty());
    QCOMPARE(find<Label>("environmentZone")->text(), QStringLiteral("UTC"));
}

void TstMainWindow::postOne(CustomerPage* page)
{
    page->openForm(PostingKind::TopUp);
    QTest::keyClicks(find<QLineEdit>("postingAmount"), QStringLiteral("1"));
    QTest::keyClicks(find<QLineEdit>("postingReason"), QStringLiteral("why"));
    QTRY_VERIFY(find<QPushButton>("postingSubmit")->isEnabled());
    QTest::keyClick(find<QLineEdit>("postingReason"), Qt::Key_Return);
    QTRY_VERIFY(find<QPushButton>("receiptDone"));
}

void TstMainWindow::aDeadSessionIsReplacedUnseen()
{
    CustomerPage* page = openAnn();
    QSignalSpy verified(page, &CustomerPage::verified);
    QSignalSpy read(page->statement(), &StatementPanel::firstPageShown);
    m_store->failNext({.failure = {.kind = Failure::Kind::SessionLost}});
    press(Qt::Key_F5);
    QTRY_COMPARE(verified.count(), 1);
    QTRY_COMPARE(read.count(), 1);
    QVERIFY(page->verdict());
    for (const Banner* banner : m_window->findChildren<Banner*>())
        QVERIFY2(!banner->isVisible(), qPrintable(banner->text()));
    QCOMPARE(find<Chip>("environmentRights")->text(), QStringLiteral("read-write"));
}

void TstMainWindow::aWrittenPostingIsNeverCalledNothing()
{
    CustomerPage* page = openAnn();
    auto* rights = find<Chip>("environmentRights");
    QTRY_COMPARE(rights->text(), QStringLiteral("read-write"));
    m_afterPost = [this] {
        m_store->failOpening(Failure{.kind = Failure::Kind::Unreachable});
        m_store->failNext({.failure = {.kind = Failure::Kind::SessionLost}}, 2);
    };
    postOne(page);
    QTRY_COMPARE(page->statement()->states()->state(), StateView::State::Failed);
    QTRY_COMPARE(rights->text(), QStringLiteral("not connected"));
    QStringList said;
    for (const Banner* banner : m_window->findChildren<Banner*>())
        if (banner->isVisible())
            said << banner->text();
    QCOMPARE(said.size(), 1); // once, though summary and statement both failed
    QVERIFY2(said.first().contains(QStringLiteral("The posting was written")),
             qPrintable(said.first()));
    QVERIFY(!said.first().contains(QStringLiteral("Nothing was")));
    // The receipt knows the balance, for the page and for the list.
    QCOMPARE(page->findChild<Label*>(QStringLiteral("customerBalance"))->text(),
             QStringLiteral("$8.00"));
    QCOMPARE(m_window->customers()->list()->table()->model()->index(0, 1).data().toString(),
             QStringLiteral("8.00"));
    m_store->failOpening(std::nullopt);
    QTest::mouseClick(page->statement()->states()->findChild<Banner*>()->actionButton(),
                      Qt::LeftButton);
    QTRY_COMPARE(page->statement()->table()->model()->rowCount(), 2);
    QCOMPARE(page->statement()->table()->currentIndex().row(), 0); // what was written
    QTRY_COMPARE(rights->text(), QStringLiteral("read-write"));
}

void TstMainWindow::theKeyThatPostedDoesNotDismissTheReceipt()
{
    CustomerPage* page = openAnn();
    postOne(page);
    auto* done = find<QPushButton>("receiptDone");
    QTest::keyClick(done, Qt::Key_Return);
    QVERIFY(done->isVisible());
    QTRY_COMPARE(page->statement()->table()->model()->rowCount(), 2);
    QTRY_COMPARE(page->statement()->table()->currentIndex().row(), 0); // the new row
    QTest::qWait(550);
    QKeyEvent held(QEvent::KeyPress, Qt::Key_Return, {}, {}, true);
    QCoreApplication::sendEvent(done, &held);
    QVERIFY(done->isVisible());
    QTest::keyClick(done, Qt::Key_Return);
    QVERIFY(!done->isVisible());
}

void TstMainWindow::aReadOnlyPlaceOffersNoPosting()
{
    Services reading = services();
    reading.writer = {};
    reading.environment = EnvironmentClass::Production;
    openWindow(reading);
    CustomerPage* page = openAnn();
    for (const char* action : {"action-top-up", "action-reward", "action-spend", "action-adjust"})
        QVERIFY(!page->findChild<QPushButton*>(QLatin1String(action))->isEnabled());
    page->openForm(PostingKind::TopUp);
    QVERIFY(!page->posting());
    QVERIFY(m_window->windowTitle().contains(QStringLiteral("[PRODUCTION]")));
}

void TstMainWindow::aWindowDoesNotCloseOverAPosting()
{
    CustomerPage* page = openAnn();
    page->openForm(PostingKind::TopUp);
    QTest::keyClicks(find<QLineEdit>("postingAmount"), QStringLiteral("1"));
    QTest::keyClicks(find<QLineEdit>("postingReason"), QStringLiteral("why"));
    QTRY_VERIFY(find<QPushButton>("postingSubmit")->isEnabled());
    m_beforePost = [this] {
        m_store->failNext(
            {.failure = {.kind = Failure::Kind::OutcomeUnknown}, .appliesFirst = true});
        m_beforePost = [] {};
    };
    QTest::mouseClick(find<QPushButton>("postingSubmit"), Qt::LeftButton);
    QTRY_COMPARE(page->posting()->form()->stage(), PostingForm::Stage::Doubt);
    QVERIFY(!m_window->close());
    press(Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(m_window->customers()->current(), page);
    QTest::mouseClick(find<QPushButton>("postingCancel"), Qt::LeftButton); // says "Close" now
    QVERIFY(m_window->close());
}

void TstMainWindow::switchesTheThemeWhileRunning()
{
    CustomerPage* page = openAnn();
    const auto corner = [page] {
        return page->statement()->grab().toImage().pixelColor(page->statement()->width() / 2, 300);
    };
    const QColor light = corner();
    press(Qt::Key_T, Qt::ControlModifier);
    QTRY_COMPARE(theme::schemeOf(m_window->palette()), theme::Scheme::Dark);
    QTRY_VERIFY(corner().lightness() < 80 && light.lightness() > 180);
    press(Qt::Key_T, Qt::ControlModifier);
    QTRY_COMPARE(corner(), light);
}

void TstMainWindow::everythingFocusableHasAName()
{
    CustomerPage* page = openAnn();
    page->openForm(PostingKind::Adjustment);
    int walked = 0;
    for (const QWidget* widget : m_window->findChildren<QWidget*>()) {
        const bool isShown = widget->isVisibleTo(m_window.get());
        if (!isShown || !(widget->focusPolicy() & Qt::TabFocus))
            continue;
        QAccessibleInterface* interface =
            QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
        QVERIFY(interface);
        const QByteArray who =
            QByteArray(widget->metaObject()->className()) + ' ' + widget->objectName().toUtf8();
        QVERIFY2(!interface->text(QAccessible::Name).isEmpty(), who);
        ++walked;
    }
    QVERIFY2(walked >= 15, qPrintable(QString::number(walked)));
}

void TstMainWindow::staysUsableWhenSmall()
{
    m_window->resize(1024, 700);
    CustomerPage* page = openAnn();
    QTRY_VERIFY(page->statement()->isVisible());
    const auto* facts = find<Label>("customerFacts"); // whole, or left out
    QVERIFY(!facts->text().isEmpty());
    QVERIFY(facts->fontMetrics().horizontalAdvance(facts->text()) <= facts->width());
    page->openForm(PostingKind::TopUp);
    QTRY_VERIFY(!page->statement()->isVisible()); // the form has its place
    auto* submit = find<QPushButton>("postingSubmit");
    QTRY_VERIFY(submit->visibleRegion().boundingRect().height() == submit->height());
    QTest::keyClick(page->posting(), Qt::Key_Escape);
    QTRY_VERIFY(page->statement()->isVisible());
}

QTEST_MAIN(TstMainWindow)
#include "tst_mainwindow.moc"
