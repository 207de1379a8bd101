variable "access" {
  description = "How the function is reached: cloudfront signs each request to it, open lets anyone call its URL, for trials."
  type        = string
  default     = "cloudfront"
  nullable    = false

  validation {
    condition     = contains(["cloudfront", "open"], var.access)
    error_message = "access must be cloudfront or open."
  }
}

variable "price_class" {
  description = "Which of CloudFront's locations answer: PriceClass_100 (North America, Europe), PriceClass_200 (Asia, Africa too) or PriceClass_All."
  type        = string
  default     = "PriceClass_100"
  nullable    = false

  validation {
    condition     = contains(["PriceClass_100", "PriceClass_200", "PriceClass_All"], var.price_class)
    error_message = "price_class must be PriceClass_100, PriceClass_200 or PriceClass_All."
  }
}
