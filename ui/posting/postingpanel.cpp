// SPDX-License-Identifier: GPL-3.0-or-later
//! Puts a form, then its receipt, into the same place.
#include "ui/posting/postingpanel.h"

#include "ui/posting/postingwords.h"
#include "ui/posting/receiptview.h"
#include "ui/shared/icons.h"
#include "ui/shared/label.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QToolButton>

namespace tallystick {

PostingPanel::PostingPanel(Desk& desk, const PostingSubject& subject, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_subject(subject)
    , m_title(new Label(theme::Type::Section, theme::Role::Text))
    , m_place(new QVBoxLayout)
{
    auto* close = new QToolButton;
    close->setIcon(icons::icon(QStringLiteral("close"), theme::Role::Secondary));
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Close the form"));
    close->setToolTip(tr("Close (Esc)"));
    auto* top = new QHBoxLayout;
    top->setContentsMargins(theme::margin, 12, theme::gap, 0);
    top->addWidget(m_title);
    top->addStretch();
    top->addWidget(close);
    auto* inner = new QWidget;
    inner->setLayout(m_place);
    inner->setAutoFillBackground(true);
    inner->setBackgroundRole(QPalette::Base);
    m_place->setContentsMargins(0, 0, 0, 0);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(inner);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(scroll, 1);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    connect(close, &QToolButton::clicked, this, &PostingPanel::close);
}

bool PostingPanel::isBusy() const
{
    return m_form && m_form->stage() != PostingForm::Stage::Editing;
}

bool PostingPanel::open(PostingKind kind)
{
    if (isBusy())
        return false;
    m_kind = kind;
    m_title->setText(words::title(kind));
    m_form = new PostingForm(m_desk, kind, m_subject);
    connect(m_form, &PostingForm::posted, this, &PostingPanel::showReceipt);
    connect(m_form, &PostingForm::closeRequested, this, &PostingPanel::close);
    put(m_form);
    m_form->focusFirst();
    return true;
}

void PostingPanel::put(QWidget* content)
{
    if (m_content) {
        m_content->hide();
        m_content->deleteLater();
    }
    m_content = content;
    m_place->addWidget(content);
    content->show();
}

void PostingPanel::showReceipt(const Receipt& receipt)
{
    auto* view = new ReceiptView(receipt, m_subject.customer);
    connect(view, &ReceiptView::closeRequested, this, &PostingPanel::close);
    connect(view, &ReceiptView::anotherRequested, this, [this] { open(m_kind); });
    m_form = nullptr;
    m_title->setText(tr("Receipt"));
    put(view);
    view->focusFirst();
    emit posted(receipt);
}

void PostingPanel::close()
{
    if (m_form && m_form->stage() == PostingForm::Stage::Posting)
        return;
    if (m_content) {
        m_content->hide();
        m_content->deleteLater();
    }
    m_content = nullptr;
    m_form = nullptr;
    emit closed();
}

void PostingPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace tallystick
