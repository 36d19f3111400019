/* All operations of the library. */
#include "foldwise.h"

void register_convert(void);
void register_gelu(void);
void register_norm(void);
void register_dropout(void);
void register_attention(void);
void register_attention_grad(void);
void register_pad(void);
void register_squares(void);
void register_embedding(void);
void register_adam_w(void);
void register_recurrence(void);
int register_product(void);

int register_kernels(void) {
  register_convert();
  register_gelu();
  register_norm();
  register_dropout();
  register_attention();
  register_attention_grad();
  register_pad();
  register_squares();
  register_embedding();
  register_adam_w();
  register_recurrence();
  return register_product();
}
