// SPDX-License-Identifier: GPL-3.0-or-later
//! Asks for pages and answers the keyboard.
#include "ui/users/customerspanel.h"

#include "ui/shared/format.h"
#include "ui/shared/hairlinetable.h"
#include "ui/shared/icons.h"
#include "ui/shared/label.h"
#include "ui/shared/stateview.h"
#include "ui/shared/wholecolumn.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QVBoxLayout>

#include <chrono>

namespace tallystick {

using namespace std::chrono_literals;

namespace {

constexpr int pageSize = 100;
constexpr int twoLineRow = 50;
constexpr int balanceWidth = 100; ///< and "11 months ago" below it

} // namespace

CustomersPanel::CustomersPanel(Desk& desk, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_model(new CustomersModel(this))
    , m_search(new QLineEdit)
    , m_table(new HairlineTable)
    , m_states(new StateView(m_table))
    , m_count(new Label(theme::Type::Caption, theme::Role::Secondary))
{
    m_table->setObjectName(QStringLiteral("customersTable"));
    m_table->setAccessibleName(tr("Customers"));
    m_table->setModel(m_model);
    m_table->setStretchColumn(CustomersModel::Customer);
    keepWhole(*m_table, CustomersModel::Balance, balanceWidth);
    m_table->verticalHeader()->setDefaultSectionSize(twoLineRow);
    m_table->horizontalHeader()->hide();
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeTop());
    column->addWidget(m_states, 1);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);

    m_typing.setSingleShot(true);
    m_typing.setInterval(120ms);
    connect(&m_typing, &QTimer::timeout, this, &CustomersPanel::ask);
    connect(m_search, &QLineEdit::textChanged, this, [this] {
        m_chooseFirst = false; // it was meant for what stood there before
        m_typing.start();
    });
    connect(m_search, &QLineEdit::returnPressed, this, &CustomersPanel::chooseFirst);
    connect(m_table, &HairlineTable::endApproached, this, &CustomersPanel::askNextPage);
    connect(m_table, &HairlineTable::rowChosen, this, &CustomersPanel::choose);
    connect(m_table, &QAbstractItemView::clicked, this, &CustomersPanel::choose);
    connect(m_states, &StateView::retryRequested, this, &CustomersPanel::ask);
    connect(m_states, &StateView::cancelRequested, this, [this] {
        m_first.drop();
        showFailure(Failure{.kind = Failure::Kind::Cancelled});
    });
    connect(m_states, &StateView::emptyActionTriggered, m_search, &QLineEdit::clear);
}

CustomersPanel::~CustomersPanel()
{
    // A table taken down moves its scroll bars and would ask a panel that is gone for more.
    m_table->disconnect(this);
}

QWidget* CustomersPanel::makeTop()
{
    m_search->setObjectName(QStringLiteral("customersSearch"));
    m_search->setAccessibleName(tr("Find a customer"));
    m_search->setPlaceholderText(tr("E-mail, name, id or key"));
    m_search->setToolTip(tr("Find a customer (Ctrl+K)"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icons::icon(QStringLiteral("search"), theme::Role::Secondary),
                        QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    auto* title = new Label(theme::Type::Section, theme::Role::Text, tr("Customers"));
    auto* line = new QHBoxLayout;
    line->addWidget(title);
    line->addStretch();
    line->addWidget(m_count);
    auto* top = new QWidget;
    auto* column = new QVBoxLayout(top);
    column->setContentsMargins(12, theme::group, 12, 12);
    column->setSpacing(theme::gap + 2);
    column->addLayout(line);
    column->addWidget(m_search);
    return top;
}

void CustomersPanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void CustomersPanel::search(const QString& text)
{
    m_search->setText(text);
    m_typing.stop();
    ask();
}

void CustomersPanel::reload()
{
    m_typing.stop();
    ask();
}

bool CustomersPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Down) {
            if (!answersTheText() || m_model->rowCount() == 0)
                return true;
            m_table->setFocus(Qt::TabFocusReason);
            if (!m_table->currentIndex().isValid())
                m_table->selectRow(0);
            return true;
        }
        if (key->key() == Qt::Key_Escape && !m_search->text().isEmpty()) {
            m_search->clear();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void CustomersPanel::ask()
{
    const UsersQuery query{.search = m_search->text().trimmed(), .limit = pageSize};
    m_more.drop();
    m_states->showLoading();
    m_first.ask(
        m_desk.ask([query](Ledger& ledger) { return ledger.users(query); }, Desk::Repeat::Once),
        [this, text = query.search](Result<CustomersModel::UserPage> page) {
            if (page)
                showFirst(*page, text);
            else
                showFailure(page.error());
        });
}

void CustomersPanel::askNextPage()
{
    if (!m_model->next() || m_more.isOpen() || m_first.isOpen() || !answersTheText())
        return;
    const UsersQuery query{
        .search = m_search->text().trimmed(), .limit = pageSize, .after = m_model->next()};
    m_more.ask(
        m_desk.ask([query](Ledger& ledger) { return ledger.users(query); }, Desk::Repeat::Once),
        [this](Result<CustomersModel::UserPage> page) {
            if (page) {
                m_model->append(*page);
                tellCount();
            } else {
                // The rows that are there stay; scrolling on asks again.
                m_count->setText(tr("could not read on"));
                m_count->setToolTip(words::plain(page.error(), words::Doing::Reading));
            }
        });
}

bool CustomersPanel::answersTheText() const
{
    return m_answered == m_search->text().trimmed();
}

void CustomersPanel::showFailure(const Error& error)
{
    // Rows nobody sees must not be opened by a key, nor counted.
    m_model->setFirstPage({});
    m_answered.reset();
    m_chooseFirst = false;
    m_count->setText({});
    m_count->setToolTip({});
    m_states->showError(error);
}

void CustomersPanel::showFirst(const CustomersModel::UserPage& page, const QString& text)
{
    m_answered = text;
    const QModelIndex current = m_table->currentIndex();
    const UserId kept = current.isValid() ? m_model->userAt(current.row()).id : UserId();
    m_model->setFirstPage(page);
    tellCount();
    if (!page.rows.isEmpty()) {
        m_states->showContent();
        const int row = kept.isEmpty() ? -1 : m_model->rowOf(kept);
        if (row >= 0)
            m_table->selectRow(row);
    } else if (m_search->text().trimmed().isEmpty()) {
        m_states->showEmpty({.iconName = QStringLiteral("inbox"),
                             .title = tr("No customers yet"),
                             .sentence = tr("This ledger has no users. In a lab, \"tallystick lab "
                                            "seed\" makes some.")});
    } else {
        m_states->showEmpty({.iconName = QStringLiteral("search"),
                             .title = tr("Nobody found"),
                             .sentence = tr("No customer, id or key matches what was typed."),
                             .action = tr("Clear the search")});
    }
    if (std::exchange(m_chooseFirst, false) && answersTheText())
        choose(m_model->index(0, 0));
    emit firstPageShown();
}

void CustomersPanel::chooseFirst()
{
    if (m_typing.isActive()) {
        m_typing.stop();
        ask();
    }
    if (m_first.isOpen())
        m_chooseFirst = true;
    else if (answersTheText())
        choose(m_model->index(0, 0));
}

void CustomersPanel::choose(const QModelIndex& index)
{
    m_chooseFirst = false;
    if (!index.isValid())
        return;
    m_table->selectRow(index.row());
    emit customerChosen(m_model->userAt(index.row()));
}

void CustomersPanel::tellCount()
{
    const QString shown = format::count(m_model->rowCount());
    m_count->setText(m_model->next() ? tr("first %1").arg(shown) : shown);
    m_count->setToolTip({});
}

} // namespace tallystick
